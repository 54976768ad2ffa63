package dev.windlass.starter.migrate;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateRequest;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be migrated. */
public final class MigrateOptions {
    @Parameters(index = "0", paramLabel = "APP", description = "An app of ops.yml.")
    AppName app = new AppName("app");

    @Parameters(index = "1", paramLabel = "ENVIRONMENT", description = "One of its environments.")
    EnvironmentName environment = new EnvironmentName("environment");

    @Option(
            names = "--accept",
            paramLabel = "NAME",
            split = ",",
            description =
                    "A rule of the lint whose destructive findings you accept, such as ban-drop-column. restore: where"
                            + " ops.yml says undo: restore, what is written between the run's backup and a restore may be lost. May"
                            + " be given again.")
    List<String> accepted = List.of();

    /** @param requester who asks; a plan needs no signature */
    public MigrateRequest request(Requester requester) {
        return new MigrateRequest(app, environment, new TreeSet<>(accepted), requester);
    }
}
