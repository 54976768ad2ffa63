package dev.windlass.activities.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what files are, their content included. */
public final class FileReading {
    private static final int BUFFER = 128 * 1024;

    private final FileWalk walk;
    private final Instant steadySince;
    private final Told told;

    /** @param steadySince what was changed then or later counts as moving; by the clock of the files, see {@link #now} */
    public FileReading(FileWalk walk, Instant steadySince, Told told) {
        this.walk = walk;
        this.steadySince = steadySince;
        this.told = told;
    }

    /** Takes facts in the order of the walk. */
    @FunctionalInterface
    public interface Sink {
        void take(FileFacts facts) throws IOException;
    }

    /** Hears how far the reading has come; may throw, and so end it. */
    @FunctionalInterface
    public interface Told {
        void read(long bytes);
    }

    public void read(List<String> starts, Sink sink) throws IOException {
        walk.from(starts, (file, path, attributes) -> {
            told.read(0);
            Optional<FileFacts> facts = factsOf(file, path, attributes);
            if (facts.isPresent()) {
                sink.take(facts.get());
            }
        });
    }

    /** Nothing where the file goes while it is read. */
    private Optional<FileFacts> factsOf(Path file, String path, Map<String, Object> before) throws IOException {
        try {
            if (FileWalk.is(before, "isDirectory")) {
                return Optional.of(facts(path, FileFacts.Kind.DIRECTORY, before, "", isMoving(before)));
            }
            if (FileWalk.is(before, "isSymbolicLink")) {
                String target = Files.readSymbolicLink(file).toString();
                return Optional.of(facts(path, FileFacts.Kind.LINK, before, target, isMoving(before)));
            }
            String hash = hash(file);
            Map<String, Object> after = FileWalk.attributesOf(file);
            boolean isMoving = isMoving(before) || !Objects.equals(before.get("ctime"), after.get("ctime"));
            return Optional.of(facts(path, FileFacts.Kind.FILE, after, hash, isMoving));
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    /** The time as a kernel writes it to files, which lags behind its clock by up to a tick. The directory is touched for it. */
    public static Instant now(Path directory) throws IOException {
        Files.setLastModifiedTime(directory, FileTime.from(Clock.systemUTC().instant()));
        return time(FileWalk.attributesOf(directory), "ctime");
    }

    /**
     * The time of the last change of a file's content or attributes, which nobody can set. A whole number of seconds may come
     * from a file system that knows no others.
     */
    private boolean isMoving(Map<String, Object> attributes) {
        Instant changed = time(attributes, "ctime");
        Instant since = changed.getNano() == 0 ? steadySince.with(ChronoField.NANO_OF_SECOND, 0) : steadySince;
        return !changed.isBefore(since);
    }

    private static FileFacts facts(
            String path, FileFacts.Kind kind, Map<String, Object> attributes, String content, boolean isMoving) {
        int mode = (Integer) Objects.requireNonNull(attributes.get("mode")) & 07777;
        return new FileFacts(
                path,
                kind,
                String.format("%04o", mode),
                String.valueOf(attributes.get("owner")),
                String.valueOf(attributes.get("group")),
                kind == FileFacts.Kind.FILE ? (Long) Objects.requireNonNull(attributes.get("size")) : 0,
                time(attributes, "lastModifiedTime").getEpochSecond(),
                content,
                isMoving);
    }

    private static Instant time(Map<String, Object> attributes, String name) {
        return ((FileTime) Objects.requireNonNull(attributes.get(name))).toInstant();
    }

    private String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                told.read(length);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
