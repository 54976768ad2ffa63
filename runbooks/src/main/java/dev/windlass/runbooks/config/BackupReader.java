package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.BackupPolicy.Priority;
import dev.windlass.runbooks.config.BackupPolicy.Retention;
import dev.windlass.runbooks.config.BackupPolicy.Scratch;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code backup:} */
final class BackupReader {
    private static final Form<Integer> DAYS = Forms.number(1, 3650);
    private static final Form<String> USER = Forms.text("a user of this machine", 32);

    /** Temporal refuses less than ten seconds; a year is as good as for ever. */
    private static final Form<Duration> CATCH_UP = Forms.duration(Duration.ofMinutes(1), Duration.ofDays(365));

    private static final Duration DEFAULT_CATCH_UP = Duration.ofHours(6);

    /** pg_ctl hands it to a shell, and a socket's whole path must fit in 107 bytes. */
    private static final Form<String> SCRATCH = Forms.PATH.and(path -> {
        if (!path.matches("[A-Za-z0-9_.+/-]{1,60}")) {
            throw new Misfit(
                    "\"" + path + "\" cannot hold a scratch cluster",
                    "write at most 60 letters, digits and _ . + - in all");
        }
    });

    private final Section backup;
    private final Set<DatabaseName> databases;
    private final Set<StoreName> stores;

    BackupReader(Section backup, Set<DatabaseName> databases, Set<StoreName> stores) {
        this.backup = backup;
        this.databases = databases;
        this.stores = stores;
    }

    BackupPolicy read() {
        BackupPolicy policy = new BackupPolicy(
                readDatabases(),
                ArchivesReader.readAll(backup),
                RedisReader.readAll(backup),
                backup.get("directory", Forms.PATH, "/var/backups/windlass"),
                readRecipients(),
                backup.get("compression_level", Forms.number(1, 19), 3),
                backup.get("jobs", Forms.number(1, 64), 2),
                readPriority(backup.section("priority")),
                readRetention(backup.section("keep")),
                readRemote(),
                readSchedule(backup.section("schedule"), "0 3 * * *"),
                readSchedule(backup.section("restore_test"), "0 5 1 * *"),
                readScratch(backup.section("scratch")));
        backup.refuseOtherKeys();
        return policy;
    }

    private List<DatabaseName> readDatabases() {
        List<DatabaseName> chosen =
                backup.list("databases", Forms.DATABASE.and(name -> requireKnown(name, databases, "database")));
        return chosen.isEmpty() ? List.copyOf(databases) : chosen;
    }

    private List<String> readRecipients() {
        List<String> recipients = backup.list("recipients", AgeRecipient.RECIPIENT);
        if (recipients.isEmpty() && !backup.hasItems("recipients")) {
            backup.report(
                    "recipients",
                    "has no age recipient",
                    "run age-keygen on another machine, keep its identity there, and write its public key here");
        }
        return recipients;
    }

    private Optional<StoreName> readRemote() {
        return backup.find("remote", Forms.STORE.and(name -> {
            if (name.equals(BackupPolicy.LOCAL)) {
                throw new Misfit("\"local\" is the backup directory itself", "name a store, or remove the key");
            }
            requireKnown(name, stores, "store");
        }));
    }

    private static Priority readPriority(Section section) {
        Priority priority = new Priority(
                section.get("nice", Forms.number(0, 19), 10),
                section.get("io", Forms.choice(Priority.IoClass.class), Priority.IoClass.BEST_EFFORT));
        section.refuseOtherKeys();
        return priority;
    }

    private static Retention readRetention(Section section) {
        Retention retention = new Retention(section.get("local_days", DAYS, 7), section.get("remote_days", DAYS, 30));
        section.refuseOtherKeys();
        return retention;
    }

    private static CronSchedule readSchedule(Section section, String cron) {
        CronSchedule schedule = new CronSchedule(
                section.get("cron", Cron.CRON, cron),
                section.get("time_zone", Forms.ZONE, ZoneId.of("UTC")),
                section.get("catch_up", CATCH_UP, DEFAULT_CATCH_UP));
        section.refuseOtherKeys();
        return schedule;
    }

    private static Scratch readScratch(Section section) {
        Scratch scratch = new Scratch(
                section.get("directory", SCRATCH, "/var/lib/windlass-scratch"),
                section.get("user", USER, "postgres"),
                section.get("amcheck", Forms.choice(Scratch.Amcheck.class), Scratch.Amcheck.STRUCTURE));
        if (scratch.user().equals("root")) {
            section.report("user", "is root, and PostgreSQL refuses to run as root", "write a user such as postgres");
        }
        section.refuseOtherKeys();
        return scratch;
    }

    private static void requireKnown(Object name, Collection<?> known, String what) throws Misfit {
        if (!known.contains(name)) {
            throw new Misfit(
                    "there is no " + what + " \"" + name + "\"",
                    Suggestion.among(
                            name.toString(),
                            known.stream().map(Object::toString).toList(),
                            what));
        }
    }
}
