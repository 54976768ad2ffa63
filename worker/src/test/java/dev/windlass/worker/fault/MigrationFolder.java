package dev.windlass.worker.fault;

import dev.windlass.runbooks.config.Migrations.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The three migrations of an app, as its tool wants them. */
record MigrationFolder(Tool tool, Path directory) {
    enum ThirdOne {
        FITS,
        /** It meets a row that only production has. */
        BREAKS_ON_PRODUCTION
    }

    void write(ThirdOne third) throws IOException {
        write("0001_first", """
                INSERT INTO app.done VALUES ('first');
                SELECT pg_advisory_xact_lock(%d);
                ALTER TABLE app.users ADD COLUMN colour text;
                """.formatted(MigrateMoment.FIRST.key()), """
                SELECT pg_advisory_xact_lock(%d);
                DELETE FROM app.done WHERE what = 'first';
                ALTER TABLE app.users DROP COLUMN colour;
                """.formatted(MigrateMoment.UNDO.key()));
        // Prisma sends a file as one query, and in such a one nothing can be concurrent.
        write("0002_second", """
                -- windlass: no transaction
                BEGIN; INSERT INTO app.done VALUES ('second'); COMMIT;
                CREATE INDEX %s items_note ON app.items (note);
                """.formatted(tool == Tool.PRISMA ? "" : "CONCURRENTLY"), """
                DELETE FROM app.done WHERE what = 'second';
                DROP INDEX IF EXISTS app.items_note;
                """);
        write(
                "0003_third",
                """
                INSERT INTO app.done VALUES ('third');
                SELECT pg_advisory_xact_lock(%d);
                %s
                """.formatted(
                                MigrateMoment.THIRD.key(),
                                switch (third) {
                                    case FITS -> "ALTER TABLE app.items ADD COLUMN third int;";
                                    case BREAKS_ON_PRODUCTION ->
                                        "ALTER TABLE app.done ADD CONSTRAINT known CHECK (what <> 'unheard of');";
                                }),
                """
                DELETE FROM app.done WHERE what = 'third';
                %s
                """.formatted(
                                switch (third) {
                                    case FITS -> "ALTER TABLE app.items DROP COLUMN third;";
                                    case BREAKS_ON_PRODUCTION -> "ALTER TABLE app.done DROP CONSTRAINT known;";
                                }));
    }

    private void write(String name, String up, String down) throws IOException {
        switch (tool) {
            case SQL -> {
                Files.writeString(directory.resolve(name + ".up.sql"), up);
                Files.writeString(directory.resolve(name + ".down.sql"), down);
            }
            case PRISMA -> {
                Path folder = Files.createDirectories(
                        directory.resolve("prisma/migrations").resolve(name));
                Files.writeString(folder.resolve("migration.sql"), up);
                Files.writeString(folder.resolve("down.sql"), down);
            }
            case FLYWAY -> {
                String version = name.replaceFirst("_", "__");
                Files.writeString(directory.resolve("V" + version + ".sql"), up);
                Files.writeString(directory.resolve("U" + version + ".sql"), down);
            }
        }
    }
}
