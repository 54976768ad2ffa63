package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.PutBack.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A database with all that one can have, and migrations whose way back is a restore. */
final class PutBackRig implements AutoCloseable {
    static final String COLOUR = "0001_colour";
    static final String INDEX = "0002_index";
    static final String BROKEN = "0003_broken";

    private static final Duration LONG = Duration.ofMinutes(1);

    /** Of the database itself, by name: the one that failed has kept all of it. */
    private static final String ITSELF = """
            SELECT pg_get_userbyid(datdba) || ' ' || datconnlimit || ' ' || datallowconn || ' '
                || (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(datacl) a) || ' '
                || shobj_description(oid, 'pg_database') || ' '
                || (SELECT string_agg(s.setrole::regrole::text || s.setconfig::text, ';' ORDER BY s.setrole)
                    FROM pg_db_role_setting s WHERE s.setdatabase = d.oid)
            FROM pg_database d WHERE datname = '%s'
            """;

    final RealMigrations real = new RealMigrations();
    final Database server = GrowingDatabase.named(real.database, "postgres");

    PutBackRig() {
        sql(server, "CREATE ROLE team NOLOGIN", "CREATE ROLE app LOGIN");
        String name = real.database.database();
        sql(
                server,
                "ALTER DATABASE " + name + " OWNER TO team",
                "ALTER DATABASE " + name + " CONNECTION LIMIT 90",
                "REVOKE TEMPORARY ON DATABASE " + name + " FROM PUBLIC",
                "GRANT CREATE ON DATABASE " + name + " TO app WITH GRANT OPTION",
                "ALTER DATABASE " + name + " SET search_path = \"$user\", public, content",
                "ALTER DATABASE " + name + " SET work_mem = '8MB'",
                "ALTER ROLE app IN DATABASE " + name + " SET statement_timeout = '3s'",
                "COMMENT ON DATABASE " + name + " IS 'it''s the shop'");
    }

    void dropWhatIsKept() {
        for (String kept : names().filter(name -> name.contains("_broken_")).toList()) {
            sql(server, "DROP DATABASE " + kept);
        }
    }

    /** All databases but those that are always there. */
    Stream<String> names() {
        return Stream.of(value(
                        server,
                        "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database"
                                + " WHERE NOT datistemplate AND datname <> 'postgres'")
                .split(","));
    }

    String itself(String database) {
        return value(server, ITSELF.formatted(database));
    }

    /** Two that go well, and one that does not. */
    RealMigrations.Run begin(Tool tool) {
        real.begin(tool, LONG, Undo.RESTORE);
        real.writeGoodOnes(COLOUR, INDEX);
        return planWithTheBrokenOne();
    }

    RealMigrations.Run planWithTheBrokenOne() {
        real.write(
                BROKEN,
                "ALTER TABLE content.people ADD COLUMN a int;\nALTER TABLE content.nobody ADD COLUMN b int;\n",
                "SELECT 1;\n");
        withoutFilesThatGoDown();
        ProvenSet set = real.backUp();
        RealMigrations.Run run = real.plan();
        run.restorePoint = Optional.of(set);
        return run;
    }

    /** As most projects of Prisma are. */
    void withoutFilesThatGoDown() {
        try (Stream<Path> files = Files.walk(real.directory())) {
            for (Path file : files.filter(
                            each -> each.getFileName().toString().matches("down\\.sql|.*\\.down\\.sql|U\\d+__.*\\.sql"))
                    .toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    Restored restored(PutBack back) {
        return back.restored().orElseThrow(() -> new AssertionError("nothing was restored"));
    }

    @Override
    public void close() {
        real.close();
    }
}
