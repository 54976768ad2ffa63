package dev.windlass.activities.migrate;

import dev.windlass.activities.disk.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Schemas by their fingerprint, so that days after a plan it can be told what differs and not only that something does. A
 * memory only: one that is gone costs a few words.
 */
record SchemaTexts(Path directory, Clock clock) {
    private static final Duration KEPT = Duration.ofDays(30);

    void keep(Schema schema) {
        Path file = file(schema.fingerprint());
        try {
            DurableFiles.makeDirectories(directory);
            forgetOld();
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
                return;
            }
            Path part = DurableFiles.partOf(file);
            Files.writeString(part, schema.text());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    Optional<Schema> find(String fingerprint) {
        try {
            return Optional.of(Schema.of(Files.readAllLines(file(fingerprint))));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void forgetOld() throws IOException {
        FileTime oldest = FileTime.from(clock.instant().minus(KEPT));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".schema")).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path file(String fingerprint) {
        return directory.resolve(fingerprint.replace("sha256:", "") + ".schema");
    }

    /** What is known of the difference between a schema and one that only its fingerprint is known of. */
    String difference(Schema found, String expected) {
        return find(expected)
                .map(found::differenceFrom)
                .filter(words -> !words.isEmpty())
                .orElse("its fingerprint is " + found.fingerprint() + ", and " + expected + " was expected");
    }

    static SchemaTexts of(MigrateParts parts) {
        return new SchemaTexts(
                Path.of(parts.operations().state(), "migrate"), parts.backup().clock());
    }

    static List<String> lines(Path dump) {
        try {
            return Files.readAllLines(dump);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
