package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.backup.DatabaseObservation;
import dev.windlass.runbooks.backup.DatabaseObservation.Role;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What planning wants to know of databases and of the programs that fit them. */
public final class DatabaseLook {
    private static final String QUESTION = """
            SELECT current_setting('server_version'), current_setting('server_version_num')::int / 10000,
                pg_database_size(current_database()), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
            """;

    private final BackupParts parts;
    private final StepContext context;

    public DatabaseLook(BackupParts parts, StepContext context) {
        this.parts = parts;
        this.context = context;
    }

    public DatabaseObservation at(DatabaseName name) {
        Database database = parts.operations().database(name);
        try (Connection connection = parts.connections().open(database, context.token());
                PreparedStatement question = connection.prepareStatement(QUESTION);
                ResultSet answer = question.executeQuery()) {
            answer.next();
            PostgresTools tools = PostgresTools.fitting(database, answer.getInt(2), parts.shell(), context);
            return new DatabaseObservation(
                    name,
                    answer.getString(1),
                    tools.directory(),
                    "pg_dump " + tools.version(),
                    answer.getLong(3),
                    answer.getBoolean(4) ? Role.SUPERUSER : Role.READER);
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    /** Programs for a stored database; its server need not be there. */
    String tools(DatabaseSummary summary) {
        Database database = Names.known(() -> parts.operations().database(summary.database()));
        int major = Integer.parseInt(summary.serverVersion().split("[^0-9]", 2)[0]);
        return PostgresTools.fitting(database, major, parts.shell(), context).directory();
    }

    void requireAbsent(Database database, String into) {
        try (Connection connection = parts.connections().open(database, context.token());
                PreparedStatement query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            query.setString(1, into);
            try (ResultSet found = query.executeQuery()) {
                if (found.next()) {
                    throw new Failure(
                                    FailureType.ALREADY_EXISTS,
                                    "the server at " + database.host() + ":" + database.port() + " has a database "
                                            + into + " already",
                                    "restore into another name; a restore never overwrites.",
                                    "restore.md#already-exists")
                            .asException();
                }
            }
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }
}
