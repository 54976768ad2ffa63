package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;

/** The PostgreSQL programs that fit a server, for runbooks beside the backup. */
public final class ServerTools {
    private ServerTools() {}

    /**
     * @return the directory of pg_dump
     * @throws io.temporal.failure.ApplicationFailure TOOL_MISSING or TOOL_TOO_OLD
     */
    public static String fitting(BackupParts parts, Database database, int serverMajor, StepContext context) {
        return PostgresTools.fitting(database, serverMajor, parts.shell(), context)
                .directory();
    }
}
