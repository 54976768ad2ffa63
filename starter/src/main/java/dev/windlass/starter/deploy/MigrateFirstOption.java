package dev.windlass.starter.deploy;

import dev.windlass.workflows.deploy.DeployRequest.Migrating;
import picocli.CommandLine.Option;

/** Whether the database is migrated by the same run. */
final class MigrateFirstOption {
    @Option(
            names = "--migrate",
            description =
                    "One run, one approval: the pending migrations marked expand are rehearsed, and applied before the"
                            + " version starts. Those marked contract stay for a run of their own.")
    boolean isWanted;

    Migrating migrating() {
        return isWanted ? Migrating.FIRST : Migrating.LEFT_ALONE;
    }
}
