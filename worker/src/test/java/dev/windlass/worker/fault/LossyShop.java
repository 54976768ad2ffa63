package dev.windlass.worker.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The rig's database, in which somebody deletes all files, and others go on writing. */
final class LossyShop {
    static final int FILES = 240;

    private final Rig rig;

    LossyShop(Rig rig) {
        this.rig = rig;
    }

    /** @param mark a user who comes after the loss */
    void loseFiles(String mark) throws SQLException {
        rig.postgres.sql(Cluster.DATABASE, "DELETE FROM app.files");
        rig.postgres.sql(Cluster.DATABASE, "INSERT INTO app.users (name) VALUES ('" + mark + "')");
    }

    boolean isWritten(String database, String mark) throws SQLException {
        return !rows(database, "SELECT name FROM app.users WHERE name = '" + mark + "'")
                .isEmpty();
    }

    String files(String database) throws SQLException {
        return String.join(
                "",
                rows(
                        database,
                        "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(content), '' ORDER BY id)), '')"
                                + " FROM app.files"));
    }

    /** As a transaction that has written into the table and does not end. */
    Connection holdFiles() throws SQLException {
        return begun(Cluster.DATABASE, "LOCK TABLE app.files IN ROW EXCLUSIVE MODE");
    }

    /** What a rename of the database waits for, and nothing else does. */
    Connection holdTheName() throws SQLException {
        return begun("postgres", "COMMENT ON DATABASE " + Cluster.DATABASE + " IS 'never committed'");
    }

    private Connection begun(String database, String statement) throws SQLException {
        Connection connection = connect(database);
        connection.setAutoCommit(false);
        try (Statement jdbc = connection.createStatement()) {
            jdbc.execute(statement);
        }
        return connection;
    }

    boolean isWaiting(String query) throws SQLException {
        return !rows(
                        "postgres",
                        "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '" + query
                                + "'")
                .isEmpty();
    }

    List<String> databasesLike(String pattern) throws SQLException {
        return rows("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + pattern + "'");
    }

    private List<String> rows(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + rig.postgres.port() + "/" + database, "postgres", "");
    }
}
