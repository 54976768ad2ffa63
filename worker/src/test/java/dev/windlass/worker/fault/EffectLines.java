package dev.windlass.worker.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The worker's journal of effects, read on while it is written. */
final class EffectLines {
    private final Path file;
    private final String workflowId;
    private long at;

    /** From its end on. */
    EffectLines(Path file, String workflowId) {
        this.file = file;
        this.workflowId = workflowId;
        this.at = Files.exists(file) ? file.toFile().length() : 0;
    }

    /** Waits until the run begins an effect of the step that matches; looks often, since most last for a moment only. */
    void await(String step, String effect) {
        Pattern wanted = Pattern.compile(effect);
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (System.nanoTime() < deadline) {
            for (String line : next()) {
                if (line.contains("\"workflowId\":\"" + workflowId + "\"")
                        && line.contains("\"step\":\"" + step + "\"")
                        && wanted.matcher(line).find()) {
                    return;
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
        throw new AssertionError("step " + step + " of " + workflowId + " began nothing like " + effect);
    }

    private String[] next() {
        if (!Files.exists(file)) {
            return new String[0];
        }
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[(int) (journal.length() - at)];
            journal.seek(at);
            journal.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int whole = text.lastIndexOf('\n') + 1;
            at += text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length;
            return text.substring(0, whole).split("\n", -1);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
