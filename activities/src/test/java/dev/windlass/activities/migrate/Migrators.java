package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The migrators that are at work, and who stands in their way. */
record Migrators(Database database) {
    /** Kills the migrator and everything it started, as the kernel would. */
    int kill() {
        List<ProcessHandle> found = running();
        found.forEach(ProcessHandle::destroyForcibly);
        return found.size();
    }

    /** Only of this server: other tests migrate beside this one. */
    List<ProcessHandle> running() {
        String server = String.valueOf(Path.of(database.host()).getFileName());
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String environment = text(process, "environ");
                    return environment.contains("WINDLASS_STEP=")
                            && environment.contains("|apply")
                            && (environment + text(process, "cmdline")).contains(server);
                })
                .toList();
    }

    private static String text(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    int waitingSessions() {
        return Integer.parseInt(PostgresForTests.value(
                database,
                "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'windlass-%'"
                        + " AND datname = current_database() AND wait_event_type = 'Lock'"));
    }

    /** As whoever has read it: in the way of a change, and of nobody who looks. Until it is closed. */
    Connection holding(String table) throws SQLException {
        Connection holder = PostgresForTests.open(database);
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN ACCESS SHARE MODE");
        }
        return holder;
    }
}
