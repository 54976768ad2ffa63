package dev.windlass.activities.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.recovery.DrillRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code drills.jsonl} in the state directory: the numbers of every drill that succeeded, a line of JSON each, the oldest first. */
public final class DrillLog {
    private final Path file;

    public DrillLog(Path state) {
        this.file = state.resolve("drills.jsonl");
    }

    /**
     * Safe to repeat: a run that stands there is not written again.
     *
     * @throws io.temporal.failure.ApplicationFailure DISK_FULL, COMMAND_FAILED
     */
    public synchronized void append(DrillRecord drill) {
        if (read().stream().anyMatch(known -> known.run().equals(drill.run()))) {
            return;
        }
        try {
            DurableFiles.makeDirectories(Objects.requireNonNull(file.getParent()));
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                // A line that a power cut broke off ends here.
                String before = channel.size() == 0 || endsWell() ? "" : "\n";
                ByteBuffer line = ByteBuffer.wrap(
                        (before + PayloadJson.canonical(drill) + "\n").getBytes(StandardCharsets.UTF_8));
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
            }
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    /** Lines that are none of ours, or half of one, are left out. */
    public List<DrillRecord> read() {
        List<DrillRecord> drills = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    try {
                        drills.add(PayloadJson.read(line, DrillRecord.class));
                    } catch (JsonProcessingException half) {
                        continue;
                    }
                }
            }
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
        return drills;
    }

    /** When the newest drill of a database began that succeeded. */
    public Optional<Instant> lastOf(DatabaseName database) {
        return read().stream()
                .filter(drill -> drill.outcome().database().equals(database))
                .map(drill -> drill.outcome().at())
                .max(Instant::compareTo);
    }

    private boolean endsWell() throws IOException {
        return Files.readString(file).endsWith("\n");
    }
}
