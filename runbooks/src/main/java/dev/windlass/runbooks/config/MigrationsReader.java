package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code migrations:} of an environment. */
final class MigrationsReader {
    private static final Form<String> USER = Forms.text("a user of PostgreSQL", 63);

    /** PostgreSQL takes 0 for "wait for ever", which would stop all traffic of a table behind the migration. */
    private static final Form<Duration> LOCK_TIMEOUT =
            ProcessForms.time(Duration.ofMillis(100), Duration.ofMinutes(10));

    private static final Form<Duration> STATEMENT_TIMEOUT =
            ProcessForms.time(Duration.ofSeconds(1), Duration.ofHours(12));
    private static final Form<Duration> BACKUP_AGE = Forms.duration(Duration.ofMinutes(1), Duration.ofDays(30));

    private static final Form<EnvironmentName> ENVIRONMENT =
            Forms.named("the name of an environment of this app", EnvironmentName::new);

    private static final Form<Undo> UNDO = Forms.choice(Undo.class);

    private MigrationsReader() {}

    static Migrations read(Section section, Set<DatabaseName> databases) {
        Form<DatabaseName> known = Forms.DATABASE.and(name -> {
            if (!databases.contains(name)) {
                throw new Misfit(
                        "there is no database \"" + name + "\"",
                        Suggestion.among(
                                name.value(),
                                databases.stream().map(DatabaseName::value).toList(),
                                "database"));
            }
        });
        Tool tool = section.need("tool", Forms.choice(Tool.class));
        Migrations migrations = new Migrations(
                tool,
                section.need("database", known),
                section.need("directory", Forms.PATH),
                command(section, tool),
                section.find("user", USER),
                section.find("password", SecretForm.SECRET),
                section.get("lock_timeout", LOCK_TIMEOUT, Duration.ofSeconds(5)),
                section.get("statement_timeout", STATEMENT_TIMEOUT, Duration.ofMinutes(15)),
                section.get("backup_age", BACKUP_AGE, Duration.ofHours(24)),
                section.get("undo", UNDO, Undo.DOWN),
                section.find("follows", ENVIRONMENT));
        section.refuseOtherKeys();
        return migrations;
    }

    /** @param all those of the same app */
    static void requireFollowed(Section section, EnvironmentName own, Map<EnvironmentName, Migrations> all) {
        Migrations migrations = all.get(own);
        if (migrations == null || migrations.follows().isEmpty()) {
            return;
        }
        EnvironmentName name = migrations.follows().get();
        Migrations followed = all.get(name);
        if (followed == null) {
            section.report(
                    "follows",
                    "there are no migrations in environment \"" + name + "\" of this app",
                    Suggestion.among(
                            name.value(),
                            all.keySet().stream()
                                    .filter(other -> !other.equals(own))
                                    .map(EnvironmentName::value)
                                    .toList(),
                            "environment with migrations"));
        } else if (followed.database().equals(migrations.database())) {
            section.report(
                    "follows",
                    own.equals(name) ? "follows itself" : "environment \"" + name + "\" has the same database",
                    "name the environment where migrations are applied first, with a database of its own");
        } else if (followed.tool() != migrations.tool()) {
            section.report(
                    "follows",
                    "environment \"" + name + "\" migrates with another tool",
                    "migrate both with the same one: their records are compared");
        } else if (comesBackTo(own, followed, all)) {
            section.report(
                    "follows",
                    "follows an environment that follows it",
                    "remove one of the two: migrations begin somewhere");
        }
    }

    private static boolean comesBackTo(EnvironmentName own, Migrations followed, Map<EnvironmentName, Migrations> all) {
        Optional<EnvironmentName> next = followed.follows();
        for (int steps = 0; steps < all.size() && next.isPresent(); steps++) {
            if (next.get().equals(own)) {
                return true;
            }
            next = Optional.ofNullable(all.get(next.get())).flatMap(Migrations::follows);
        }
        return false;
    }

    private static List<String> command(Section section, Tool tool) {
        List<String> words = section.words("command", ProcessForms.WORD);
        switch (tool) {
            case SQL -> {
                if (section.has("command")) {
                    section.report("command", "is not used by sql, which runs by psql", "remove it");
                }
            }
            case PRISMA -> need(section, "[npx, prisma]");
            case FLYWAY -> need(section, "[/opt/flyway/flyway]");
        }
        return words;
    }

    private static void need(Section section, String example) {
        if (!section.hasItems("command")) {
            section.report("command", "is missing", "write the program and its first arguments, as in " + example);
        }
    }
}
