package dev.windlass.activities.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of one database, archive or Redis server that attempts which never reported left in a set's folder. */
record EarlierAttempts(Path folder) {
    void remove(DatabaseName database) {
        remove(database, "dump|globals|facts");
    }

    void remove(ArchiveName archive) {
        remove(archive, "tar|inventory");
    }

    void remove(RedisName redis) {
        remove(redis, "rdb");
    }

    /** @param subject a database, an archive or a Redis server; all may have one name, so the endings tell */
    private void remove(Object subject, String endings) {
        Pattern ours =
                Pattern.compile(Pattern.quote(subject.toString()) + "\\.[0-9a-f]{8}-\\d+\\.(" + endings + ")\\..*");
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> stale = files.filter(
                            file -> ours.matcher(file.getFileName().toString()).matches())
                    .toList();
            for (Path file : stale) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException firstAttempt) {
            return;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
