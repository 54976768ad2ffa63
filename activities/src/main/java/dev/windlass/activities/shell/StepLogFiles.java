package dev.windlass.activities.shell;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Effect.Command;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file for each run, {@code logs/<workflow id>.log} in the state directory: every line with the step it belongs to.
 * Secrets that were given to a command are taken out of its lines, also where a line comes in pieces. Logs that nobody has
 * written to for 30 days are removed when a run begins a new one.
 */
public final class StepLogFiles implements StepLogs {
    private static final Logger LOG = LoggerFactory.getLogger(StepLogFiles.class);
    /** What a command prints beyond this is for nobody's eyes. */
    private static final long MOST_BYTES = 4L * 1024 * 1024;

    /** How long a log stays after its last line, here and in the bucket. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final String SUFFIX = ".log";
    private static final int LONGEST_LINE = 16 * 1024;

    private final Path directory;
    private final Clock clock;

    public StepLogFiles(Path state, Clock clock) {
        this.directory = state.resolve("logs");
        this.clock = clock;
    }

    /** The file of a run. */
    public Path fileOf(String workflowId) {
        return directory.resolve(nameOf(workflowId) + SUFFIX);
    }

    /** Ids hold slashes where a child run is meant. */
    public static String nameOf(String workflowId) {
        return workflowId.replaceAll("[^A-Za-z0-9_.-]", "_");
    }

    /** @return the name that {@link #nameOf} gave the run of a file */
    public static String runOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The logs of all runs; none where nothing was printed yet. */
    public List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            logs.forEach(files::add);
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            return List.of();
        }
        return files;
    }

    @Override
    public StepLog open(StepContext context, Command command, Collection<String> secrets) {
        if (!Files.exists(fileOf(context.token().workflowId()))) {
            removeOld();
        }
        FileLog log = new FileLog(
                fileOf(context.token().workflowId()), context.token().step().value(), new SecretMask(secrets));
        log.append(List.of(log.stamped("$ " + String.join(" ", command.argv()))));
        return log;
    }

    private void removeOld() {
        Instant since = clock.instant().minus(KEPT);
        try {
            for (Path log : files()) {
                if (Files.getLastModifiedTime(log).toInstant().isBefore(since)) {
                    Files.deleteIfExists(log);
                }
            }
        } catch (IOException unremovable) {
            LOG.warn("old logs in {} are not removed: {}", directory, unremovable.toString());
        }
    }

    private final class FileLog implements StepLog {
        private final Path file;
        private final String step;
        private final SecretMask mask;
        private final Map<Stream, ByteArrayOutputStream> begun = new EnumMap<>(Stream.class);
        private long taken;
        private boolean failed;

        FileLog(Path file, String step, SecretMask mask) {
            this.file = file;
            this.step = step;
            this.mask = mask;
        }

        @Override
        public synchronized void write(Stream stream, byte[] bytes, int offset, int length) {
            List<String> whole = new ArrayList<>();
            ByteArrayOutputStream line = begun.computeIfAbsent(stream, first -> new ByteArrayOutputStream());
            for (int at = offset; at < offset + length; at++) {
                if (bytes[at] == '\n' || line.size() >= LONGEST_LINE) {
                    whole.add(take(line));
                }
                if (bytes[at] != '\n') {
                    line.write(bytes[at]);
                }
            }
            boolean full = taken > MOST_BYTES;
            taken += length;
            if (!full) {
                append(whole.stream().map(this::stamped).toList());
            }
        }

        @Override
        public synchronized void close(String ending) {
            List<String> last = new ArrayList<>();
            begun.values().stream().filter(line -> line.size() > 0).forEach(line -> last.add(stamped(take(line))));
            if (taken > MOST_BYTES) {
                last.add(stamped("[of " + taken + " bytes only the first are kept]"));
            }
            last.add(stamped("[" + ending + "]"));
            append(last);
        }

        private String take(ByteArrayOutputStream line) {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            return text;
        }

        private String stamped(String text) {
            return clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + step + " " + mask.apply(text);
        }

        private void append(List<String> lines) {
            if (lines.isEmpty() || failed) {
                return;
            }
            byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            try {
                DurableFiles.makeDirectories(directory);
                try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                    channel.write(ByteBuffer.wrap(text));
                }
            } catch (IOException unwritable) {
                failed = true;
                LOG.warn("the output of step {} is not kept: {}", step, unwritable.toString());
            }
        }
    }
}
