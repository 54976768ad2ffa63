package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Notifications;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.runbooks.config.Store;
import dev.windlass.runbooks.config.TemporalSettings;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small team's ops.yml, from which the plans on the runbook pages are made: one database, one bucket, Slack. */
public final class PageSample {
    public static final DatabaseName SHOP = new DatabaseName("shop");
    static final ArchiveName UPLOADS = new ArchiveName("uploads");
    static final RedisName QUEUES = new RedisName("queues");
    static final StoreName OFFSITE = new StoreName("offsite");
    public static final SetId SET = new SetId("20261124T030000Z-1f3a09bc");
    public static final String TOOLS = "/usr/lib/postgresql/15/bin";
    static final String SERVER = "15.18";
    private static final String REDIS = "7.0.15";
    public static final Optional<String> RUN_AS = Optional.of("postgres");

    private PageSample() {}

    public static Operations operations() {
        return new Operations(
                "Example Learning",
                "/var/lib/windlass",
                new TemporalSettings("127.0.0.1:7233", "default", ClearPayloads.REFUSED),
                Map.of(SHOP, shop()),
                Map.of(OFFSITE, offsite()),
                policy(),
                new Notifications(
                        Optional.empty(),
                        Optional.of(new Notifications.Slack(
                                new SecretReference("env:SLACK_BOT_TOKEN"), "C0123456789", "https://slack.com/api/")),
                        Optional.empty(),
                        Optional.empty()),
                Map.of(),
                Map.of(),
                Map.of());
    }

    static Database shop() {
        return new Database(
                SHOP,
                "shop_production",
                "production",
                "127.0.0.1",
                5432,
                "windlass_backup",
                Optional.of(new SecretReference("env:SHOP_DATABASE_PASSWORD")),
                Optional.of(TOOLS),
                List.of(new Database.SmokeQuery("somebody can log in", "SELECT count(*) > 0 FROM users")));
    }

    static List<DatabaseObservation> observed() {
        return List.of(new DatabaseObservation(
                SHOP, SERVER, TOOLS, "pg_dump " + SERVER, 1_288_490_188L, DatabaseObservation.Role.SUPERUSER));
    }

    private static Archive uploads() {
        return new Archive(UPLOADS, List.of("/srv/shop/uploads"), List.of("/srv/shop/uploads/cache"));
    }

    static List<ArchiveObservation> observedFiles() {
        Archive uploads = uploads();
        return List.of(
                new ArchiveObservation(uploads.name(), uploads.paths(), uploads.exclude(), 20_481L, 3_221_225_472L));
    }

    static List<RedisObservation> observedRedis() {
        return List.of(new RedisObservation(QUEUES, REDIS, 61_440L, 88_080_384L));
    }

    public static Manifest manifest() {
        return new Manifest(
                Manifest.FORMAT,
                SET,
                Instant.parse("2026-11-24T03:02:00Z"),
                "backup",
                new PlanDigest("v1:" + "0".repeat(64)),
                List.of(new DatabaseSummary(
                        SHOP, SERVER, Instant.parse("2026-11-24T03:00:00Z"), 48, 1_204_331L, 1_288_490_188L)),
                List.of(new ArchiveSummary(
                        UPLOADS, uploads().paths(), Instant.parse("2026-11-24T03:00:40Z"), 20_481L, 3_221_225_472L, 0)),
                List.of(new RedisSummary(QUEUES, REDIS, Instant.parse("2026-11-24T03:01:10Z"), 61_440L, 88_080_384L)),
                List.of(),
                List.of());
    }

    private static Store offsite() {
        return new Store.S3Store(
                OFFSITE,
                Store.S3Store.Dialect.R2,
                "https://0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com",
                "auto",
                "example-backups",
                "production/",
                new SecretReference("env:R2_ACCESS_KEY_ID"),
                new SecretReference("env:R2_SECRET_ACCESS_KEY"),
                Optional.empty(),
                16);
    }

    private static BackupPolicy policy() {
        return new BackupPolicy(
                List.of(SHOP),
                List.of(uploads()),
                List.of(new RedisServer(
                        QUEUES,
                        "127.0.0.1",
                        6379,
                        Optional.empty(),
                        Optional.of(new SecretReference("env:REDIS_PASSWORD")))),
                "/var/backups/windlass",
                List.of("age1u0nfwjeetx8lezqw8dg7uh9qyawk80a7snam30eyzl4zctjyp5dqh99r0y"),
                3,
                2,
                new BackupPolicy.Priority(10, BackupPolicy.Priority.IoClass.BEST_EFFORT),
                new BackupPolicy.Retention(7, 30),
                Optional.of(OFFSITE),
                new CronSchedule("0 3 * * *", ZoneOffset.UTC, Duration.ofHours(6)),
                new CronSchedule("0 5 1 * *", ZoneOffset.UTC, Duration.ofHours(6)),
                new BackupPolicy.Scratch(
                        "/var/lib/windlass-scratch", "postgres", BackupPolicy.Scratch.Amcheck.STRUCTURE));
    }
}
