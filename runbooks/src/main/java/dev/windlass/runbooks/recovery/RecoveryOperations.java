package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.TemporalSettings;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in for the lost machine's ops.yml: that comes out of the set, and its references to secrets lead nowhere any
 * more.
 */
public final class RecoveryOperations {
    /** What plans of a recovery call the bucket. */
    public static final StoreName BUCKET = new StoreName("bucket");

    private static final int PART_MEBIBYTES = 16;

    private RecoveryOperations() {}

    /** On the machine that is recovered. */
    public static Operations of(RecoveryBucket bucket, RecoveryPlaces places) {
        return of(
                bucket,
                bucket.authority() == Authority.PRIVATE ? Optional.of(RecoveryFiles.AUTHORITY) : Optional.empty(),
                places);
    }

    /** @param authority where the certificate of a private authority lies */
    public static Operations of(RecoveryBucket bucket, Optional<String> authority, RecoveryPlaces places) {
        return new Operations(
                "recovery",
                places.work(),
                new TemporalSettings("127.0.0.1:7233", "default", ClearPayloads.REFUSED),
                Map.of(),
                Map.of(BUCKET, store(bucket, authority)),
                policy(places),
                new Notifications(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Map.of(),
                Map.of(),
                Map.of());
    }

    static Store.S3Store store(RecoveryBucket bucket, Optional<String> authority) {
        return new Store.S3Store(
                BUCKET,
                bucket.region().equals("auto") ? Store.S3Store.Dialect.R2 : Store.S3Store.Dialect.S3,
                bucket.endpoint(),
                bucket.region(),
                bucket.bucket(),
                bucket.prefix(),
                RecoveryFiles.accessKey(),
                RecoveryFiles.secretKey(),
                authority,
                PART_MEBIBYTES);
    }

    /** Nothing is scheduled and nothing removed by it; what counts is where sets are and who unpacks them. */
    private static BackupPolicy policy(RecoveryPlaces places) {
        CronSchedule never = new CronSchedule("0 3 * * *", ZoneOffset.UTC, Duration.ofHours(6));
        return new BackupPolicy(
                List.of(),
                List.of(),
                List.of(),
                places.backups(),
                List.of(),
                3,
                PlanOfRecoverVps.JOBS,
                new BackupPolicy.Priority(0, BackupPolicy.Priority.IoClass.BEST_EFFORT),
                new BackupPolicy.Retention(7, 30),
                Optional.of(BUCKET),
                never,
                never,
                new BackupPolicy.Scratch(places.work(), "root", BackupPolicy.Scratch.Amcheck.OFF));
    }
}
