package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The database of an app whose deploys migrate, and its one migration. */
record ShopDatabase(Cluster postgres, Shop shop) {
    private static final List<String> CONTENT = List.of(
            "CREATE SCHEMA app",
            "CREATE TABLE app.items (id int PRIMARY KEY, note text)",
            "INSERT INTO app.items SELECT i, 'item ' || i FROM generate_series(1, 100) i",
            "CREATE TABLE app.done (what text NOT NULL)");

    /** @param moment FIRST or SECOND: in a transaction, or not */
    void create(MigrateMoment moment) throws IOException, SQLException {
        postgres.sql("postgres", "CREATE DATABASE " + name());
        for (String statement : CONTENT) {
            postgres.sql(name(), statement);
        }
        postgres.sql("postgres", "CREATE DATABASE " + name() + "_before TEMPLATE " + name());
        Files.createDirectories(shop.migrations());
        if (moment == MigrateMoment.SECOND) {
            write("""
                    -- windlass: expand, no transaction
                    BEGIN; INSERT INTO app.done VALUES ('expand'); COMMIT;
                    CREATE INDEX CONCURRENTLY expand ON app.items (note);
                    """, """
                    DELETE FROM app.done;
                    DROP INDEX IF EXISTS app.expand;
                    """);
        } else {
            write("""
                    -- windlass: expand
                    INSERT INTO app.done VALUES ('expand');
                    SELECT pg_advisory_xact_lock(%d);
                    CREATE INDEX expand ON app.items (note);
                    """.formatted(moment.key()), """
                    DELETE FROM app.done;
                    DROP INDEX app.expand;
                    """);
        }
    }

    private void write(String up, String down) throws IOException {
        Files.writeString(shop.migrations().resolve("0001_expand.up.sql"), up);
        Files.writeString(shop.migrations().resolve("0001_expand.down.sql"), down);
    }

    /** Without the migration. */
    void reset() throws SQLException {
        postgres.sql("postgres", "DROP DATABASE " + name() + " WITH (FORCE)");
        postgres.sql("postgres", "CREATE DATABASE " + name() + " TEMPLATE " + name() + "_before");
    }

    MigrateHold hold(MigrateMoment moment) throws SQLException {
        return MigrateHold.take(url(), moment);
    }

    /** What the migration has left: its row, its index when it is whole, its record. */
    List<String> look() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT 'row ' || what FROM app.done UNION ALL"
                        + " SELECT 'index ' || indisvalid FROM pg_index WHERE indexrelid = to_regclass('app.expand')"
                        + " UNION ALL SELECT 'record ' || name || ' ' || state FROM public.windlass_migrations")) {
            while (found.next()) {
                seen.add(found.getString(1));
            }
        }
        return seen;
    }

    private String name() {
        return shop.database;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name();
    }
}
