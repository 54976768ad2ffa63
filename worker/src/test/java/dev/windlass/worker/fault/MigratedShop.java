package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The app's database and its three migrations, and what is seen of them without asking the product. */
final class MigratedShop {
    static final String APPS = """
            apps:
              shop:
                environments:
                  prod:
                    target: process
                    artefacts: DIRECTORY/artefacts
                    directory: DIRECTORY/shop
                    command: [/bin/true]
                    user: nobody
                    ports: [4101, 4102]
                    nginx:
                      upstream: shop
                      upstream_file: DIRECTORY/upstream.conf
                      log: DIRECTORY/access.log
                    health:
                      path: /health
                      version_path: /version
                    migrations:
                      tool: sql
                      database: shop
                      directory: DIRECTORY/migrations
                      # The test holds them for longer than traffic would bear.
                      lock_timeout: 10m
                      backup_age: 24h
            """;

    private final Rig rig;

    MigratedShop(Rig rig) {
        this.rig = rig;
    }

    /** Before the backup. */
    void prepare() throws SQLException {
        rig.postgres.sql(Cluster.DATABASE, "CREATE TABLE app.done (what text NOT NULL)");
    }

    /** @param third whether the third one meets a row that only production has */
    void writeMigrations(ThirdOne third) throws IOException {
        Path directory = Files.createDirectories(rig.directory.resolve("migrations"));
        write(directory, "0001_first.up.sql", """
                SELECT pg_advisory_xact_lock(%d);
                ALTER TABLE app.users ADD COLUMN colour text;
                INSERT INTO app.done VALUES ('first');
                """.formatted(MigrateMoment.FIRST.key()));
        write(directory, "0001_first.down.sql", """
                SELECT pg_advisory_xact_lock(%d);
                DELETE FROM app.done WHERE what = 'first';
                ALTER TABLE app.users DROP COLUMN colour;
                """.formatted(MigrateMoment.UNDO.key()));
        write(directory, "0002_second.up.sql", """
                -- windlass: no transaction
                SELECT pg_advisory_lock(%1$d);
                SELECT pg_advisory_unlock(%1$d);
                CREATE INDEX CONCURRENTLY users_colour ON app.users (colour);
                INSERT INTO app.done VALUES ('second');
                """.formatted(MigrateMoment.SECOND.key()));
        write(directory, "0002_second.down.sql", """
                DELETE FROM app.done WHERE what = 'second';
                DROP INDEX IF EXISTS app.users_colour;
                """);
        write(directory, "0003_third.up.sql", """
                SELECT pg_advisory_xact_lock(%d);
                INSERT INTO app.done VALUES ('third');
                %s
                """.formatted(
                        MigrateMoment.THIRD.key(),
                        switch (third) {
                            case FITS -> "ALTER TABLE app.events ADD COLUMN third int;";
                            case BREAKS_ON_PRODUCTION ->
                                "ALTER TABLE app.done ADD CONSTRAINT known CHECK (what <> 'unheard of');";
                        }));
        write(directory, "0003_third.down.sql", """
                DELETE FROM app.done WHERE what = 'third';
                %s
                """.formatted(
                        switch (third) {
                            case FITS -> "ALTER TABLE app.events DROP COLUMN third;";
                            case BREAKS_ON_PRODUCTION -> "ALTER TABLE app.done DROP CONSTRAINT known;";
                        }));
    }

    enum ThirdOne {
        FITS,
        BREAKS_ON_PRODUCTION
    }

    private static void write(Path directory, String name, String sql) throws IOException {
        Files.writeString(directory.resolve(name), sql);
    }

    /** As it was when it was backed up, whatever the case before has left. */
    void reset(ThirdOne third) throws SQLException {
        rig.postgres.sql(Cluster.DATABASE, "DROP TABLE IF EXISTS public.windlass_migrations");
        rig.postgres.sql(Cluster.DATABASE, "DROP INDEX IF EXISTS app.users_colour");
        rig.postgres.sql(Cluster.DATABASE, "ALTER TABLE app.users DROP COLUMN IF EXISTS colour");
        rig.postgres.sql(Cluster.DATABASE, "ALTER TABLE app.events DROP COLUMN IF EXISTS third");
        rig.postgres.sql(Cluster.DATABASE, "ALTER TABLE app.done DROP CONSTRAINT IF EXISTS known");
        rig.postgres.sql(Cluster.DATABASE, "TRUNCATE app.done");
        if (third == ThirdOne.BREAKS_ON_PRODUCTION) {
            rig.postgres.sql(Cluster.DATABASE, "INSERT INTO app.done VALUES ('unheard of')");
        }
    }

    /** Holds what the migration waits for, until it is closed. */
    Connection hold(MigrateMoment moment) throws SQLException {
        Connection connection = connect();
        try (Statement lock = connection.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(" + moment.key() + ")");
        }
        return connection;
    }

    boolean isWaitedFor(MigrateMoment moment) throws SQLException {
        return !rows("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = " + moment.key())
                .isEmpty();
    }

    void seesEntirelyNew(String schema) throws Exception {
        assertThat(rows("SELECT what FROM app.done ORDER BY what")).containsExactly("first", "second", "third");
        assertThat(rows("SELECT name || ' ' || state FROM public.windlass_migrations ORDER BY name"))
                .containsExactly("0001_first applied", "0002_second applied", "0003_third applied");
        assertThat(schema()).isEqualTo(schema);
    }

    void seesEntirelyOld(String schema) throws Exception {
        assertThat(rows("SELECT what FROM app.done WHERE what <> 'unheard of'")).isEmpty();
        assertThat(rows("SELECT name FROM public.windlass_migrations")).isEmpty();
        assertThat(schema()).isEqualTo(schema);
    }

    /** As pg_dump sees it, without the tool's own table. */
    String schema() throws IOException {
        Process dump = new ProcessBuilder(
                        rig.postgres.tools().resolve("pg_dump").toString(),
                        "--schema-only",
                        "--exclude-table=public.windlass_migrations",
                        "--host=127.0.0.1",
                        "--port=" + rig.postgres.port(),
                        "--username=postgres",
                        Cluster.DATABASE)
                .redirectErrorStream(true)
                .start();
        return new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }

    private List<String> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + rig.postgres.port() + "/" + Cluster.DATABASE, "postgres", "");
    }
}
