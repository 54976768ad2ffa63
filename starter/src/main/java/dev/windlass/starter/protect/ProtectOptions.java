package dev.windlass.starter.protect;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.protect.ProtectRequest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be protected. */
public final class ProtectOptions {
    /** Not required to picocli, which would ask for it before {@code status} as well. */
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "A cluster of ops.yml.")
    Optional<ClusterName> cluster = Optional.empty();

    @Option(
            names = "--accept",
            paramLabel = "WHAT",
            split = ",",
            description =
                    "restart: where archive_mode is off, PostgreSQL is restarted by the command of ops.yml, which ends every"
                            + " session. archive_command: one of somebody else is replaced. May be given again.")
    List<String> accepted = List.of();

    ClusterName cluster() {
        return cluster.orElseThrow(() -> new Complaint(
                "missing required parameter: 'NAME'",
                "name a cluster of ops.yml, as in: windlass protect main",
                "windlass help exit-codes",
                ExitCode.USAGE));
    }

    /** @param requester who asks; a plan needs no signature */
    ProtectRequest request(Requester requester) {
        return new ProtectRequest(cluster(), new TreeSet<>(accepted), requester);
    }
}
