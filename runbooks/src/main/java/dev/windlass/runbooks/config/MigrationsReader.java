package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.kernel.DatabaseName;
import java.time.Duration;
import java.util.List;
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

    private static final Form<Undo> UNDO = Forms.choice(Undo.class).and(undo -> {
        if (undo == Undo.RESTORE) {
            throw new Misfit(
                    "restore is nothing a run does by itself",
                    "write ask, and restore by hand when a run asks, or down");
        }
    });

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
                section.get("undo", UNDO, Undo.DOWN));
        section.refuseOtherKeys();
        return migrations;
    }

    private static List<String> command(Section section, Tool tool) {
        List<String> words = section.words("command", ProcessForms.WORD);
        switch (tool) {
            case SQL -> {
                if (section.has("command")) {
                    section.report("command", "is not used by sql, which runs by psql", "remove it");
                }
            }
            case PRISMA -> {
                if (!section.hasItems("command")) {
                    section.report(
                            "command", "is missing", "write the program and its first arguments, as in [npx, prisma]");
                }
            }
        }
        return words;
    }
}
