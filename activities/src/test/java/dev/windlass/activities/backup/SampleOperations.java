package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.BackupPolicy.Retention;
import dev.windlass.runbooks.config.BackupPolicy.Scratch;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.TemporalSettings;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An ops.yml for tests: a directory stands for the remote store. */
final class SampleOperations {
    static final StoreName REMOTE = new StoreName("offsite");

    private SampleOperations() {}

    static Archive uploads(Path directory) {
        Path uploads = directory.resolve("uploads");
        return new Archive(
                new ArchiveName("uploads"),
                List.of(uploads.toString()),
                List.of(uploads.resolve("cache").toString()));
    }

    static RedisServer queues(Path directory) {
        return new RedisServer(
                new RedisName("queues"),
                directory.resolve(RedisForTests.SOCKET).toString(),
                6379,
                Optional.empty(),
                Optional.of(new SecretReference("env:REDIS_PASSWORD")));
    }

    static Operations of(Path directory, List<String> recipients, Database... databases) {
        List<Database> all = List.of(databases);
        CronSchedule nightly = new CronSchedule("0 3 * * *", ZoneOffset.UTC, Duration.ofHours(6));
        return new Operations(
                "Test",
                directory.resolve("state").toString(),
                new TemporalSettings("127.0.0.1:7233", "default", ClearPayloads.REFUSED),
                all.stream().collect(Collectors.toMap(Database::name, Function.identity())),
                Map.of(
                        REMOTE,
                        new Store.DirectoryStore(
                                REMOTE, directory.resolve("offsite").toString())),
                new BackupPolicy(
                        all.stream().map(Database::name).toList(),
                        List.of(uploads(directory)),
                        List.of(queues(directory)),
                        directory.resolve("backups").toString(),
                        recipients,
                        3,
                        2,
                        new Priority(5, Priority.IoClass.BEST_EFFORT),
                        new Retention(7, 30),
                        Optional.of(REMOTE),
                        nightly,
                        nightly,
                        new Scratch(
                                directory.resolve("scratch").toString(),
                                PostgresForTests.USER,
                                Scratch.Amcheck.STRUCTURE)),
                Notifications.none(),
                Map.of(),
                Map.of(),
                Map.of());
    }
}
