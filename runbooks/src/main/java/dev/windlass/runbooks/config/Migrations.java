package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.migrate.WayBack;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the schema of an app changes in one environment.
 *
 * @param database of ops.yml
 * @param directory for {@code sql} and {@code flyway} the folder of the files, for {@code prisma} the folder that holds
 *     {@code prisma/}; absolute
 * @param command the tool and its first arguments, as in {@code npx prisma}; empty for {@code sql}, which runs by psql
 * @param user who owns the tables; empty means the user of the database, who often may only read
 * @param password of that user; empty means the database's own where there is no user either
 * @param lockTimeout how long a statement waits for a table before it gives way to traffic
 * @param statementTimeout how long one statement may take
 * @param backupAge a proven backup must not be older when the migration begins
 * @param follows the environment of the same app in which each migration is applied first; empty when there is none
 */
public record Migrations(
        Tool tool,
        DatabaseName database,
        String directory,
        List<String> command,
        Optional<String> user,
        Optional<SecretReference> password,
        Duration lockTimeout,
        Duration statementTimeout,
        Duration backupAge,
        Undo undo,
        Optional<EnvironmentName> follows) {
    public Migrations {
        command = List.copyOf(command);
    }

    public enum Tool {
        SQL,
        PRISMA,
        FLYWAY
    }

    /** What is done when a migration fails, or when it leaves another schema than the rehearsal. */
    public enum Undo {
        /** The files that go down. */
        DOWN(WayBack.DOWN),
        /** The database as it was in the backup; what was written since is lost. */
        RESTORE(WayBack.RESTORE),
        /** The run waits for a person. */
        ASK(WayBack.ASK);

        private final WayBack wayBack;

        Undo(WayBack wayBack) {
            this.wayBack = wayBack;
        }

        /** As a run knows it. */
        public WayBack wayBack() {
            return wayBack;
        }
    }
}
