package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to the databases of ops.yml, all with the same session settings, so that values read alike everywhere. */
public final class PostgresConnections {
    private static final String SETTINGS = """
            SET datestyle = 'ISO, MDY';
            SET intervalstyle = 'postgres';
            SET timezone = 'UTC';
            SET extra_float_digits = 1;
            SET bytea_output = 'hex';
            SET lc_monetary = 'C';
            SET search_path = pg_catalog;
            SET row_security = off;
            SET statement_timeout = 0;
            SET lock_timeout = '60s';
            SET idle_in_transaction_session_timeout = 0;
            SET default_transaction_read_only = off;
            SET client_min_messages = warning;
            """;
    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    private final Secrets secrets;

    public PostgresConnections(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * A connection that carries the step's token as application_name.
     *
     * @throws io.temporal.failure.ApplicationFailure DATABASE_UNREACHABLE, DATABASE_GONE, SECRET_MISSING or PRECONDITION
     */
    public Connection open(Database database, StepToken token) {
        return open(database, token, Map.of());
    }

    /**
     * As {@link #open(Database, StepToken)}, with settings that the session has from its first moment. They are handed over in the
     * startup packet, which the server does not log; what SET says can be logged.
     *
     * @param settings values without white space and backslashes
     */
    public Connection open(Database database, StepToken token, Map<String, String> settings) {
        PGSimpleDataSource source = source(database);
        if (!settings.isEmpty()) {
            source.setOptions(settings.entrySet().stream()
                    .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                    .sorted()
                    .collect(Collectors.joining(" ")));
        }
        source.setApplicationName(token.abbreviated());
        database.password().ifPresent(reference -> source.setPassword(secrets.resolve(reference)));
        try {
            Connection connection = source.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute(SETTINGS);
                if (connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
                    statement.execute("SET transaction_timeout = 0");
                }
                return connection;
            } catch (SQLException broken) {
                connection.close();
                throw broken;
            }
        } catch (SQLException refused) {
            throw PostgresFailures.connecting(database, refused);
        }
    }

    private static PGSimpleDataSource source(Database database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setDatabaseName(database.database());
        source.setUser(database.user());
        source.setPortNumbers(new int[] {database.port()});
        // With the first packet then, as what RESET ALL goes back to: it would take away a name that was given by SET.
        source.setAssumeMinServerVersion("9.0");
        source.setConnectTimeout(15);
        source.setLoginTimeout(30);
        // No statement is prepared: a parse takes a snapshot, and SnapshotHolder decides when that is.
        source.setPreferQueryMode(org.postgresql.jdbc.PreferQueryMode.SIMPLE);
        if (database.host().startsWith("/")) {
            source.setServerNames(new String[] {"localhost"});
            source.setSocketFactory(UnixSocketFactory.class.getName());
            source.setSocketFactoryArg(database.host() + "/.s.PGSQL." + database.port());
            source.setSslMode("disable");
            source.setGssEncMode("disable");
        } else {
            source.setServerNames(new String[] {database.host()});
            source.setTcpKeepAlive(true);
        }
        return source;
    }
}
