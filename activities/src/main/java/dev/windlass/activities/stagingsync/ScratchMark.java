package dev.windlass.activities.stagingsync;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Says beside a throw-away cluster which run has restored it, and for which target. A run that was terminated removes nothing, and
 * one that was reset has another name: whoever works for the same target next finds by this what they have left. It is written
 * before there is a cluster, and goes after it.
 *
 * @param token of the step that restores it
 */
record ScratchMark(Path scratch, DatabaseName target, StepToken token) {
    private static final String ENDING = ".staging-sync";

    /** All for this target; a file that says nothing of the kind is none. */
    static List<ScratchMark> all(Path scratch, DatabaseName target) {
        if (!Files.isDirectory(scratch)) {
            return List.of();
        }
        List<ScratchMark> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(scratch, "*" + ENDING)) {
            for (Path file : files) {
                read(scratch, file).filter(mark -> mark.target().equals(target)).ifPresent(found::add);
            }
            return found;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Optional<ScratchMark> read(Path scratch, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 3) {
            return Optional.empty();
        }
        ScratchMark mark = new ScratchMark(
                scratch,
                new DatabaseName(lines.get(0)),
                new StepToken(lines.get(1), lines.get(2), StagingSyncSteps.RESTORE));
        // What is removed is named by the hash of what it says, and by nothing else.
        return Optional.of(mark).filter(one -> one.file().equals(file));
    }

    private Path file() {
        return scratch.resolve(token.abbreviated() + ENDING);
    }

    /** Safe to run twice: it says the same. */
    void write() {
        String text = String.join("\n", target.value(), token.workflowId(), token.runId(), "");
        try {
            makeEnterable(scratch);
            DurableFiles.removeParts(file());
            Path part = DurableFiles.partOf(file());
            try (FileChannel channel = DurableFiles.create(part)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            DurableFiles.publish(part, file());
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file());
        }
    }

    /** Whoever runs the cluster passes through, as where install(1) makes it. */
    private static void makeEnterable(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        makeEnterable(Objects.requireNonNull(directory.getParent()));
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    void remove() {
        try {
            DurableFiles.delete(file());
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
