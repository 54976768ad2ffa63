package dev.windlass.activities.protect;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.protect.PlanOfProtect;
import dev.windlass.runbooks.protect.ProtectCommands;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.StepId;
import java.util.Optional;

/** Everything the protect activities work with. */
public record ProtectParts(BackupParts backup, Secrets secrets, ProtectRequesters requesters, LastDrills drills) {
    Operations operations() {
        return backup.operations();
    }

    StepContext context(StepId step) {
        return backup.context(step);
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND */
    Cluster cluster(ClusterName name) {
        try {
            return operations().cluster(name);
        } catch (UnknownNameException unknown) {
            throw ProtectFailures.unknown(unknown);
        }
    }

    /** A worker that is not root can only be the owner itself. */
    public static Optional<String> runAs(Cluster cluster) {
        return "root".equals(System.getProperty("user.name")) ? Optional.of(cluster.owner()) : Optional.empty();
    }

    ProtectCommands commands(Cluster cluster) {
        return PlanOfProtect.commands(operations(), cluster, runAs(cluster));
    }

    Database administered(Cluster cluster) {
        return administered(operations(), cluster);
    }

    /** The database of the cluster, as its superuser. */
    public static Database administered(Operations operations, Cluster cluster) {
        Database database = operations.database(cluster.database());
        return new Database(
                database.name(),
                database.database(),
                database.environment(),
                database.host(),
                database.port(),
                cluster.user().orElse(database.user()),
                cluster.user().isPresent() ? cluster.password() : database.password(),
                database.tools(),
                database.smoke());
    }
}
