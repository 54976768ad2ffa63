package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.stagingsync.SourceChoice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code databases.NAME.staging_sync:}, read when all databases are known. */
final class StagingSyncReader {
    private static final Form<Duration> KEEP_OLD = Forms.duration(Duration.ofHours(1), Duration.ofDays(30));
    private static final Form<SourceChoice> SOURCE = Forms.choice(SourceChoice.class);
    private static final Form<Duration> MAX_AGE = Forms.duration(Duration.ofHours(1), Duration.ofDays(30));
    private static final Form<Integer> RATE = Forms.mebibytes(1, 10_000);
    private static final Form<Duration> MOMENT = Forms.duration(Duration.ofMinutes(1), Duration.ofHours(24));
    private static final Form<String> USER = Forms.text("a role of PostgreSQL", 63);
    private static final Form<Integer> STREAMS = Forms.number(1, 16);
    private static final RedisName REDIS = new RedisName("staging");
    private static final Form<Integer> REDIS_DATABASE = Forms.number(0, 1_000_000);

    private final Map<DatabaseName, Database> databases;
    private final Map<Section, RedisServer> redisSections = new LinkedHashMap<>();

    StagingSyncReader(Map<DatabaseName, Database> databases) {
        this.databases = databases;
    }

    StagingSync read(String source, Section section) {
        StagingSync sync = new StagingSync(
                section.need("classification", Forms.PATH),
                section.need("target", Forms.DATABASE.and(target -> requireAnother(source, target))),
                section.get("keep_old", KEEP_OLD, Duration.ofHours(24)),
                section.get("streams", STREAMS, 2),
                section.findSection("reader").map(StagingSyncReader::reader),
                section.findSection("redis").map(this::redis),
                section.findSection("app").map(StagingSyncReader::app),
                section.get("source", SOURCE, SourceChoice.AUTO),
                section.get("max_age", MAX_AGE, Duration.ofHours(26)),
                new ReadingLimits(
                        section.find("max_rate", RATE), section.get("max_snapshot_age", MOMENT, Duration.ofHours(2))));
        section.refuseOtherKeys();
        return sync;
    }

    private static StagingSync.Reader reader(Section section) {
        StagingSync.Reader reader =
                new StagingSync.Reader(section.need("user", USER), section.find("password", SecretForm.SECRET));
        section.refuseOtherKeys();
        return reader;
    }

    private static StagingSync.App app(Section section) {
        StagingSync.App app = new StagingSync.App(
                section.need("address", ServiceReader.ADDRESS), HealthReader.readHealth(section.section("health")));
        section.refuseOtherKeys();
        return app;
    }

    /** Another than those of backups: what is emptied must not be production's. */
    private StagingRedis redis(Section section) {
        StagingRedis redis =
                new StagingRedis(RedisReader.read(REDIS, section), section.need("database", REDIS_DATABASE));
        section.refuseOtherKeys();
        redisSections.put(section, redis.server());
        return redis;
    }

    /** @param backedUp known only when the rest of ops.yml is */
    void requireApartFrom(List<RedisServer> backedUp) {
        redisSections.forEach((section, server) -> backedUp.stream()
                .filter(server::isAt)
                .forEach(other -> section.reportItself(
                        server.place() + " is backup.redis." + other.name() + " as well",
                        "name staging's own server: it is emptied when staging is replaced")));
    }

    private void requireAnother(String sourceName, DatabaseName targetName) throws Misfit {
        Database target = databases.get(targetName);
        if (target == null) {
            throw new Misfit(
                    "there is no database \"" + targetName + "\"",
                    Suggestion.among(
                            targetName.value(),
                            databases.keySet().stream().map(DatabaseName::value).toList(),
                            "database"));
        }
        Database source = databases.values().stream()
                .filter(each -> each.name().value().equals(sourceName))
                .findFirst()
                .orElse(target);
        if (isSame(source, target)) {
            throw new Misfit(
                    targetName + " is the database itself", "name the one of staging: it is replaced by the copy");
        }
        if (target.environment().equals(source.environment())) {
            throw new Misfit(
                    targetName + " is in the environment " + target.environment() + " as well",
                    "name the one of staging, with an environment of its own: it is replaced by the copy");
        }
    }

    private static boolean isSame(Database source, Database target) {
        return source.host().equals(target.host())
                && source.port() == target.port()
                && source.database().equals(target.database());
    }
}
