package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Cluster.Amcheck;
import dev.windlass.runbooks.config.Cluster.Drill;
import dev.windlass.runbooks.config.Cluster.Limits;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code clusters:} */
final class ClustersReader {
    private static final Form<ClusterName> NAME = Forms.named("the name of a cluster", ClusterName::new);
    private static final Form<String> USER = Forms.text("a superuser of PostgreSQL", 63);

    /** pgBackRest's own rule, and it stands in archive_command, which PostgreSQL hands to a shell. */
    private static final Form<String> STANZA = Forms.text("the stanza", 63).and(stanza -> {
        if (!stanza.matches("[A-Za-z0-9_-]+")) {
            throw new Misfit("\"" + stanza + "\" cannot be a stanza", "write letters, digits, '_' and '-'");
        }
    });

    /** Below it archiving costs more than it saves; above it the promise of a minute is none. */
    private static final Form<Duration> ARCHIVE_TIMEOUT =
            ProcessForms.time(Duration.ofSeconds(10), Duration.ofHours(1));

    private static final Form<Duration> LAG = Forms.duration(Duration.ofMinutes(1), Duration.ofDays(1));
    private static final Form<Duration> AGE = Forms.duration(Duration.ofHours(1), Duration.ofDays(365));
    private static final Duration CATCH_UP = Duration.ofHours(6);

    /** An old look is worth nothing. */
    private static final Duration WATCH_CATCH_UP = Duration.ofMinutes(1);

    private final Map<DatabaseName, Database> databases;
    private final Map<StoreName, Store> stores;

    ClustersReader(Map<DatabaseName, Database> databases, Map<StoreName, Store> stores) {
        this.databases = databases;
        this.stores = stores;
    }

    SortedMap<ClusterName, Cluster> readAll(Section root) {
        SortedMap<ClusterName, Cluster> clusters = new TreeMap<>();
        root.named("clusters").forEach((name, section) -> {
            Optional<ClusterName> known = section.itsName(name, NAME);
            Cluster cluster = read(known.orElse(NAME.standIn()), section);
            known.ifPresent(good -> clusters.put(good, cluster));
        });
        return clusters;
    }

    private Cluster read(ClusterName name, Section section) {
        DatabaseName database = section.need("database", Forms.DATABASE.and(this::requireDatabase));
        Cluster cluster = new Cluster(
                name,
                section.find("environment", Forms.ENVIRONMENT),
                database,
                section.find("user", USER),
                section.find("password", SecretForm.SECRET),
                section.need("data_directory", ProcessForms.PLAIN_PATH),
                section.get("owner", ProcessForms.SYSTEM_USER, "postgres"),
                section.get("socket", ProcessForms.PLAIN_PATH, socketOf(database)),
                section.get("stanza", STANZA, name.value().replace('.', '-')),
                section.need("store", Forms.STORE.and(this::requireBucket)),
                section.need("passphrase", SecretForm.FILE),
                section.get("configuration", ProcessForms.PLAIN_PATH, "/etc/pgbackrest/" + name + ".conf"),
                section.get("archive_timeout", ARCHIVE_TIMEOUT, Duration.ofSeconds(60)),
                schedule(section.section("full"), "0 1 * * 0", CATCH_UP),
                schedule(section.section("differential"), "0 1 * * 1-6", CATCH_UP),
                schedule(section.section("watch"), "*/5 * * * *", WATCH_CATCH_UP),
                section.get("keep_fulls", Forms.number(1, 1000), 2),
                limits(section.section("limits")),
                section.words("restart", ProcessForms.WORD),
                amcheck(section.section("amcheck")),
                drill(section.section("drill")));
        section.refuseOtherKeys();
        return cluster;
    }

    private String socketOf(DatabaseName database) {
        Database known = databases.get(database);
        return known != null && known.host().startsWith("/") ? known.host() : "/var/run/postgresql";
    }

    private static CronSchedule schedule(Section section, String cron, Duration catchUp) {
        CronSchedule schedule = new CronSchedule(
                section.get("cron", Cron.CRON, cron), section.get("time_zone", Forms.ZONE, ZoneId.of("UTC")), catchUp);
        section.refuseOtherKeys();
        return schedule;
    }

    private static Limits limits(Section section) {
        Limits limits = new Limits(
                section.get("lag", LAG, Duration.ofMinutes(5)),
                section.get("full", AGE, Duration.ofDays(8)),
                section.get("backup", AGE, Duration.ofDays(2)),
                section.get("drill", AGE, Duration.ofDays(35)));
        section.refuseOtherKeys();
        return limits;
    }

    private static Amcheck amcheck(Section section) {
        Amcheck.Depth depth = section.get("depth", Forms.choice(Amcheck.Depth.class), Amcheck.Depth.STRUCTURE);
        return new Amcheck(depth, schedule(section, "0 4 * * 6", CATCH_UP));
    }

    private static Drill drill(Section section) {
        Drill.Deploys deploys = section.get("deploys", Forms.choice(Drill.Deploys.class), Drill.Deploys.WARN);
        return new Drill(schedule(section, "0 5 1 * *", CATCH_UP), deploys);
    }

    private void requireDatabase(DatabaseName name) throws Misfit {
        Database database = databases.get(name);
        if (database == null) {
            throw new Misfit(
                    "there is no database \"" + name + "\"",
                    Suggestion.among(
                            name.value(),
                            databases.keySet().stream().map(DatabaseName::value).toList(),
                            "database"));
        }
        if (!database.host().startsWith("/")
                && !database.host().equals("localhost")
                && !database.host().startsWith("127.")
                && !database.host().equals("::1")) {
            throw new Misfit(
                    "database " + name + " is at " + database.host() + ", which is another machine",
                    "protect it by a worker on its own machine: pgBackRest reads the data directory");
        }
    }

    private void requireBucket(StoreName name) throws Misfit {
        Store store = stores.get(name);
        if (!(store instanceof S3Store)) {
            throw new Misfit(
                    store == null ? "there is no store \"" + name + "\"" : "store \"" + name + "\" is a directory",
                    "name a store of kind r2 or s3");
        }
    }
}
