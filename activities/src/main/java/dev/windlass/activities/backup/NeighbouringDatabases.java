package dev.windlass.activities.backup;

import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The databases of a server, looked at and changed by sessions in another one of it. */
public final class NeighbouringDatabases {
    private static final String LIST = """
            SELECT datname, oid, datallowconn, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database
            """;

    private final BackupParts parts;
    private final Database maintenance;
    private final StepContext context;
    private final Function<SQLException, ? extends RuntimeException> failing;

    /** @param failing what is thrown when looking fails */
    public NeighbouringDatabases(
            BackupParts parts,
            Database maintenance,
            StepContext context,
            Function<SQLException, ? extends RuntimeException> failing) {
        this.parts = parts;
        this.maintenance = maintenance;
        this.context = context;
        this.failing = failing;
    }

    /** @param oid it keeps when its name changes */
    public record Found(long oid, boolean isOpen, String comment) {}

    public void endEarlierSessions() {
        beating("end what an earlier attempt left", () -> {
            try (Connection connection = open()) {
                Survivors.terminate(maintenance, connection, context.token());
            } catch (SQLException failed) {
                throw failing.apply(failed);
            }
        });
    }

    /** As {@link #endEarlierSessions}; a server that does not answer has none. */
    public void endEarlierSessionsIfThere() {
        try {
            endEarlierSessions();
        } catch (ApplicationFailure failed) {
            if (!FailureType.DATABASE_UNREACHABLE.name().equals(failed.getType())) {
                throw failed;
            }
        }
    }

    /** By name. */
    public SortedMap<String, Found> all() {
        SortedMap<String, Found> found = new TreeMap<>();
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(LIST)) {
            while (row.next()) {
                found.put(row.getString(1), new Found(row.getLong(2), row.getBoolean(3), row.getString(4)));
            }
            return found;
        } catch (SQLException failed) {
            throw failing.apply(failed);
        }
    }

    public Optional<Found> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /** Closing the connection takes back what did not get to its end. @param refused what is thrown when it is */
    public void change(String what, Sql statement, Function<SQLException, ? extends RuntimeException> refused) {
        beating(what, () -> {
            context.begun(statement);
            try (Connection connection = open();
                    Statement jdbc = connection.createStatement()) {
                jdbc.execute(statement.statement());
            } catch (SQLException failed) {
                throw refused.apply(failed);
            }
        });
    }

    /** @param question one number */
    public long count(Sql question) {
        context.begun(question);
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question.statement())) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw failing.apply(failed);
        }
    }

    private Connection open() {
        return parts.connections().open(maintenance, context.token());
    }

    public void beating(String what, Runnable work) {
        context.pulse().beat(Progress.of(what));
        Beating.during(context, what, "", () -> {
            work.run();
            return true;
        });
    }
}
