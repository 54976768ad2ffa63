package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.recovery.TableReference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The database that is to become staging. It belongs to Windlass and nobody else may connect to it, for an owner could even when
 * everybody's right to is taken away; what is in it belongs to the role that owns staging now.
 */
final class Incoming {
    private static final String LOCALE = """
            SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype, coalesce(to_jsonb(d) ->> 'datlocprovider', 'c'),
                coalesce(to_jsonb(d) ->> 'daticulocale', to_jsonb(d) ->> 'datlocale', '')
            FROM pg_database d WHERE d.datname = current_database()
            """;

    /** What sessions of the application get: of its role in staging, of its role, of staging, of all; the server's own where none has any. */
    private static final String SEARCH_PATH = """
            SELECT substr(c.words, 13) FROM pg_db_role_setting s LEFT JOIN pg_database d ON d.oid = s.setdatabase
                LEFT JOIN pg_roles r ON r.oid = s.setrole, unnest(s.setconfig) c (words)
            WHERE c.words LIKE 'search\\_path=%' AND (s.setdatabase = 0 OR d.datname = ?) AND (s.setrole = 0 OR r.rolname = ?)
            ORDER BY s.setrole <> 0 DESC, s.setdatabase <> 0 DESC LIMIT 1
            """;

    private final PostgresConnections connections;
    private final StepToken token;
    private final Database target;
    private final String name;
    private final String owner;

    Incoming(PostgresConnections connections, StepToken token, Database target, String name, String owner) {
        this.connections = connections;
        this.token = token;
        this.target = target;
        this.name = name;
        this.owner = owner;
    }

    /**
     * @param creating statements of the plan, with {@code {options}} for
     * @param source whose encoding and locale it gets: what its indexes are sorted by
     */
    void create(Connection maintenance, List<String> creating, Connection source) throws SQLException {
        String options = options(source);
        try (Statement statement = maintenance.createStatement()) {
            for (String each : creating) {
                statement.execute(each.replace("{options}", options));
            }
        }
        try (Connection inside = open();
                Statement statement = inside.createStatement()) {
            statement.execute("GRANT ALL ON SCHEMA public TO " + quoted(owner));
        }
    }

    /**
     * All of them or none, with a note at the database that they were: an attempt whose worker dies between this and its answer
     * does not carry them out twice. Triggers of the application may name tables without their schemas, so it is its search path
     * that holds; not for what is done as Windlass, nor for triggers that wait for the end of the transaction.
     *
     * @return rows that each has changed
     */
    List<Long> rewrite(List<String> statements) throws SQLException {
        try (Connection connection = openAsOwner();
                Statement jdbc = connection.createStatement()) {
            connection.setAutoCommit(false);
            searchAsTheApplication(connection);
            List<Long> changed = new ArrayList<>();
            for (String statement : statements) {
                changed.add(change(jdbc, statement, changed.size() + 1));
            }
            constraints(jdbc, changed.size());
            jdbc.execute("SET LOCAL search_path = pg_catalog");
            // One may be of another, and that is made before it.
            for (String view : views(jdbc, "relispopulated")) {
                jdbc.execute("REFRESH MATERIALIZED VIEW " + view);
            }
            jdbc.execute("RESET ROLE");
            jdbc.execute("COMMENT ON DATABASE " + quoted(name) + " IS " + literal(RewrittenNote.of(changed)));
            connection.commit();
            return changed;
        }
    }

    private void searchAsTheApplication(Connection connection) throws SQLException {
        try (PreparedStatement question = connection.prepareStatement(SEARCH_PATH)) {
            question.setString(1, target.database());
            question.setString(2, owner);
            ResultSet row = question.executeQuery();
            // A value, never a part of a statement: whoever owns staging can have written it.
            boolean isSet = row.next();
            try (PreparedStatement setting = connection.prepareStatement(
                    isSet ? "SELECT set_config('search_path', ?, true)" : "SET LOCAL search_path = DEFAULT")) {
                if (isSet) {
                    setting.setString(1, row.getString(1));
                }
                setting.execute();
            }
        }
    }

    /** What was put off to the end is done now, as the application: at the end it would be done as Windlass. */
    private static void constraints(Statement jdbc, int last) {
        try {
            jdbc.execute("SET CONSTRAINTS ALL IMMEDIATE");
        } catch (SQLException refused) {
            throw StagingSyncFailures.statement(last, refused);
        }
    }

    private static long change(Statement jdbc, String statement, int number) {
        try {
            return jdbc.executeLargeUpdate(statement);
        } catch (SQLException refused) {
            throw StagingSyncFailures.statement(number, refused);
        }
    }

    private static String options(Connection source) throws SQLException {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(LOCALE)) {
            row.next();
            String options = "ENCODING " + literal(row.getString(1)) + " LC_COLLATE " + literal(row.getString(2))
                    + " LC_CTYPE " + literal(row.getString(3));
            return row.getString(4).equals("i")
                    ? options + " LOCALE_PROVIDER icu ICU_LOCALE " + literal(row.getString(5))
                    : options;
        }
    }

    /** As Windlass. */
    Connection open() {
        return open(Map.of());
    }

    /** @param settings that the session has from its first moment */
    Connection open(Map<String, String> settings) {
        return connections.open(GrowingDatabase.named(target, name), token, settings);
    }

    /** As the role that owns staging: it is the owner of whatever is made. */
    Connection openAsOwner() throws SQLException {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE " + quoted(owner));
            return connection;
        } catch (SQLException refused) {
            connection.close();
            throw refused;
        }
    }

    void run(List<SchemaText.Entry> entries) throws SQLException {
        try (Connection connection = openAsOwner()) {
            run(connection, entries);
        }
    }

    /**
     * Extensions are made by Windlass: most need a superuser.
     *
     * @param connection of {@link #openAsOwner}
     */
    void run(Connection connection, List<SchemaText.Entry> entries) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (SchemaText.Entry entry : entries) {
                if (entry.isExtension()) {
                    statement.execute("RESET ROLE");
                    statement.execute(entry.statements());
                    statement.execute("SET ROLE " + quoted(owner));
                } else {
                    statement.execute(entry.statements());
                }
            }
        }
    }

    /** pg_dump takes the values of sequences for data, and so leaves them out of a schema. */
    void setSequences(Map<TableReference, Long> values) throws SQLException {
        try (Connection connection = openAsOwner();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<TableReference, Long> one : values.entrySet()) {
                statement.execute("SELECT setval(" + literal(one.getKey().sql()) + ", " + one.getValue() + ")");
            }
        }
    }

    static Map<TableReference, Long> sequences(Connection source) throws SQLException {
        Map<TableReference, Long> values = new LinkedHashMap<>();
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT schemaname, sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL ORDER BY 1, 2")) {
            while (row.next()) {
                values.put(TableReference.of(row.getString(1), row.getString(2)), row.getLong(3));
            }
        }
        return values;
    }

    /** One may be of another: those that still wait are tried again while any succeeds. */
    void refreshViews() throws SQLException {
        try (Connection connection = openAsOwner();
                Statement statement = connection.createStatement()) {
            List<String> waiting = views(statement, "relispopulated = false");
            while (!waiting.isEmpty()) {
                SQLException last = null;
                List<String> still = new ArrayList<>();
                for (String view : waiting) {
                    try {
                        statement.execute("REFRESH MATERIALIZED VIEW " + view);
                    } catch (SQLException notYet) {
                        last = notYet;
                        still.add(view);
                    }
                }
                if (last != null && still.size() == waiting.size()) {
                    throw last;
                }
                waiting = still;
            }
        }
    }

    private static List<String> views(Statement statement, String which) throws SQLException {
        List<String> views = new ArrayList<>();
        try (ResultSet row =
                statement.executeQuery("SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'm' AND c."
                        + which + " ORDER BY c.oid")) {
            while (row.next()) {
                views.add(row.getString(1));
            }
            return views;
        }
    }

    private static String quoted(String identifier) {
        return TableReference.quoted(identifier);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
