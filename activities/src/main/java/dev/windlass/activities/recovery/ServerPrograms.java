package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the programs are that can run the files of a cluster: only those of its own major version can. */
final class ServerPrograms {
    private final Shell shell;
    private final StepContext context;

    ServerPrograms(Shell shell, StepContext context) {
        this.shell = shell;
        this.context = context;
    }

    /** @return a directory */
    String of(Cluster cluster, Database database, int major) {
        return Stream.concat(
                        database.tools().stream(),
                        Stream.of("/usr/lib/postgresql/" + major + "/bin", "/usr/pgsql-" + major + "/bin"))
                .filter(directory -> isOf(Path.of(directory, "postgres"), major))
                .findFirst()
                .orElseThrow(() -> PointInTimeFailures.noPrograms(cluster, major));
    }

    private boolean isOf(Path server, int major) {
        if (!Files.isExecutable(server)) {
            return false;
        }
        Command version = new Command(
                Access.READS,
                new HostName("local"),
                List.of(server.toString(), "--version"),
                Sorted.of(),
                Sorted.of(),
                new Channel.None(),
                new Channel.None());
        return String.join(" ", shell.run(version, context).output())
                .matches("postgres \\(PostgreSQL\\) " + major + "\\D.*");
    }
}
