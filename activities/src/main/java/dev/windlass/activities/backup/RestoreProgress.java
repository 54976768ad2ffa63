package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** How much of a database pg_restore has brought back: pg_restore itself does not tell. */
final class RestoreProgress implements AutoCloseable {
    private static final String SIZE =
            "SELECT coalesce(sum(pg_database_size(oid)), 0) FROM pg_database WHERE datname NOT IN ('template0', 'template1')";

    private final Connection connection;
    private final long total;
    private long last;

    RestoreProgress(PostgresConnections connections, Database maintenance, StepContext context, long total) {
        this.connection = connections.open(maintenance, context.token());
        this.total = total;
    }

    /** The server may be gone; that is for pg_restore to say. */
    synchronized Progress now() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SIZE)) {
            row.next();
            last = row.getLong(1);
        } catch (SQLException unknown) {
            // The last size known is as good as it gets.
        }
        return new Progress("restore", Math.min(last, total), Optional.of(total), "bytes", "");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Closing is all that was wanted.
        }
    }
}
