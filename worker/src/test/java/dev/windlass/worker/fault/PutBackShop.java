package dev.windlass.worker.fault;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** An app with a migration that no file takes back, and one after it that fails in production only. */
final class PutBackShop {
    private static final String APPS = """
            people:
              ben: {key: %s}
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
                      undo: restore
            """;

    /** What a dump of the content does not hold. */
    private static final List<String> OF_THE_DATABASE_ITSELF = List.of(
            "ALTER DATABASE shop OWNER TO keeper",
            "REVOKE ALL ON DATABASE shop FROM PUBLIC",
            "GRANT CONNECT ON DATABASE shop TO keeper, clerk",
            "ALTER DATABASE shop SET work_mem = '5MB'",
            "ALTER ROLE clerk IN DATABASE shop SET search_path = app, public",
            "ALTER DATABASE shop CONNECTION LIMIT 50",
            "COMMENT ON DATABASE shop IS 'what is sold'");

    private final Rig rig;

    PutBackShop(Rig rig) {
        this.rig = rig;
    }

    /** @param key of ben's, who is asked where a run is parked */
    static String apps(String key) {
        return APPS.formatted(key);
    }

    void prepare() throws IOException, SQLException {
        rig.postgres.sql(Cluster.DATABASE, "CREATE TABLE app.done (what text NOT NULL)");
        rig.postgres.sql("postgres", "CREATE ROLE keeper");
        rig.postgres.sql("postgres", "CREATE ROLE clerk");
        rig.postgres.sql("postgres", "CREATE DATABASE shop_before TEMPLATE shop");
        Path directory = Files.createDirectories(rig.directory.resolve("migrations"));
        Files.writeString(directory.resolve("0001_first.up.sql"), """
                ALTER TABLE app.users ADD COLUMN colour text;
                UPDATE app.users SET name = 'nobody knows who was ' || id;
                INSERT INTO app.done VALUES ('first');
                """);
        // The rehearsal's cluster listens on a socket, where there is no address.
        Files.writeString(directory.resolve("0002_second.up.sql"), """
                DO $$ BEGIN
                    IF inet_server_addr() IS NOT NULL THEN RAISE EXCEPTION 'only production has this'; END IF;
                END $$;
                INSERT INTO app.done VALUES ('second');
                """);
    }

    /** Whatever the case before has left. */
    void reset() throws SQLException {
        for (String pattern : List.of("windlass-%", "shop\\_%\\_2%")) {
            for (String left : databasesLike(pattern)) {
                drop(left);
            }
        }
        rig.postgres.sql("postgres", "DROP DATABASE IF EXISTS shop WITH (FORCE)");
        rig.postgres.sql("postgres", "CREATE DATABASE shop TEMPLATE shop_before");
        for (String statement : OF_THE_DATABASE_ITSELF) {
            rig.postgres.sql("postgres", statement);
        }
    }

    WorkflowStub migrate(String workflowId) {
        return rig.start(
                "Migrate",
                workflowId,
                new MigrateRequest(
                        new AppName("shop"),
                        new EnvironmentName("prod"),
                        new TreeSet<>(List.of(MigrateRequest.RESTORE)),
                        new Requester("test", Optional.empty())));
    }

    /** What a rename of the database waits for, and nothing else does. */
    MigrateHold holdTheName() throws SQLException {
        return holdTheNameOf("shop");
    }

    /** A copy that has all but its name: what the database itself says is the last thing that is copied before it is compared. */
    Optional<String> copyBeforeItsName() throws SQLException {
        return rows("postgres", """
                        SELECT datname FROM pg_database
                        WHERE datname LIKE 'windlass-%' AND shobj_description(oid, 'pg_database') IS NOT NULL
                        """).stream().findFirst();
    }

    MigrateHold holdTheNameOf(String copy) throws SQLException {
        return MigrateHold.inTransaction(url("postgres"), "COMMENT ON DATABASE \"" + copy + "\" IS 'never committed'");
    }

    void writeDone(String what) throws SQLException {
        rig.postgres.sql(Cluster.DATABASE, "INSERT INTO app.done VALUES ('" + what + "')");
    }

    List<String> databasesLike(String pattern) throws SQLException {
        return rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + pattern + "'");
    }

    boolean takesSessions(String database) throws SQLException {
        return rows("postgres", "SELECT datallowconn FROM pg_database WHERE datname = '" + database + "'")
                .equals(List.of("t"));
    }

    /** What the migrations have written, and what was written meanwhile. */
    List<String> done(String database) throws SQLException {
        return rows(database, "SELECT what FROM app.done ORDER BY 1");
    }

    void open(String database) throws SQLException {
        rig.postgres.sql("postgres", "ALTER DATABASE \"" + database + "\" ALLOW_CONNECTIONS true");
    }

    void drop(String database) throws SQLException {
        rig.postgres.sql("postgres", "DROP DATABASE \"" + database + "\"");
    }

    List<String> look() throws IOException, SQLException {
        return DatabaseSight.withTheDatabaseItself(rig.postgres, Cluster.DATABASE);
    }

    private List<String> rows(String database, String query) throws SQLException {
        return rig.postgres.rows(database, query);
    }

    private String url(String database) {
        return rig.postgres.url(database);
    }
}
