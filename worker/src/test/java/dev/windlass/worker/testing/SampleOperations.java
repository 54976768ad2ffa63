package dev.windlass.worker.testing;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.TemporalSettings;
import dev.windlass.workflows.kernel.ClearPayloads;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** As little of ops.yml as a worker needs. */
public final class SampleOperations {
    private SampleOperations() {}

    public static Operations with(String temporalAddress) {
        return with(temporalAddress, "0 3 * * *", "0 4 1 * *");
    }

    public static Operations with(String temporalAddress, String backupCron, String restoreTestCron) {
        return new Operations(
                "sample",
                "/nowhere/state",
                new TemporalSettings(temporalAddress, "default", ClearPayloads.REFUSED),
                Map.of(),
                Map.of(),
                new BackupPolicy(
                        List.of(),
                        List.of(),
                        List.of(),
                        "/nowhere/backups",
                        List.of("age1sample"),
                        3,
                        1,
                        new BackupPolicy.Priority(10, BackupPolicy.Priority.IoClass.IDLE),
                        new BackupPolicy.Retention(7, 30),
                        Optional.empty(),
                        cron(backupCron),
                        cron(restoreTestCron),
                        new BackupPolicy.Scratch("/nowhere/scratch", "postgres", BackupPolicy.Scratch.Amcheck.OFF)),
                new Notifications(
                        Optional.of("http://127.0.0.1:8233"), Optional.empty(), Optional.empty(), Optional.empty()),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static CronSchedule cron(String cron) {
        return new CronSchedule(cron, ZoneId.of("Europe/Rome"), Duration.ofHours(6));
    }
}
