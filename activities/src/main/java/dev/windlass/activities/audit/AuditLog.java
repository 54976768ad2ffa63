package dev.windlass.activities.audit;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.audit.AuditChain;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code audit.jsonl} in the state directory. Appends are serialised by a lock on the file, so that two workers during a
 * restart keep one chain; each is on the disk before it counts.
 */
public final class AuditLog {
    private static final String NAME = "audit.jsonl";

    private final Path file;
    private final Clock clock;
    private final Set<String> known = new HashSet<>();
    private AuditChain chain = new AuditChain();
    private long read;

    public AuditLog(Path state, Clock clock) {
        this.file = state.resolve(NAME);
        this.clock = clock;
    }

    Path file() {
        return file;
    }

    /**
     * Safe to repeat: an event whose id stands in the log is not written again.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION when the chain is broken already, DISK_FULL
     */
    public synchronized void append(AuditEvent event) {
        try {
            DurableFiles.makeDirectories(parent());
            try (FileChannel channel = FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                    var lock = channel.lock()) {
                catchUp(channel);
                if (known.contains(event.id())) {
                    return;
                }
                String line = chain.next(clock.instant(), event);
                // Also overwrites what a power cut left of a line that nobody was told of.
                write(channel, line);
                follow(line);
            }
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    /** Whole lines only; empty where nothing was logged yet. */
    List<String> lines() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            return end < 0 ? List.of() : List.of(text.substring(0, end).split("\n", -1));
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    /** What another worker has written since. */
    private void catchUp(FileChannel channel) throws IOException {
        if (channel.size() < read) {
            throw broken(chain.length(), "the log was longer when this worker read it last");
        }
        channel.position(read);
        BufferedReader reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next == '\n') {
                follow(line.toString());
                line.setLength(0);
            } else {
                line.append((char) next);
            }
        }
        if (!line.isEmpty()) {
            channel.truncate(read);
        }
    }

    private void write(FileChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long at = read;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        channel.force(true);
    }

    private void follow(String line) {
        Optional<String> wrong = chain.follow(line);
        if (wrong.isPresent()) {
            long entry = chain.length() + 1;
            chain = new AuditChain();
            known.clear();
            read = 0;
            throw broken(entry, wrong.get());
        }
        read += line.getBytes(StandardCharsets.UTF_8).length + 1L;
        try {
            known.add(AuditChain.read(line).event().id());
        } catch (IOException followedBefore) {
            throw new IllegalStateException(followedBefore);
        }
    }

    private RuntimeException broken(long entry, String why) {
        return new Failure(
                        FailureType.PRECONDITION,
                        "the audit log " + file + " is broken at entry " + entry + ": " + why,
                        "find out who changed it: windlass audit verify. To go on, move the file away as evidence",
                        "audit.md#broken-chain")
                .asException();
    }

    private Path parent() {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " has no directory");
        }
        return parent;
    }
}
