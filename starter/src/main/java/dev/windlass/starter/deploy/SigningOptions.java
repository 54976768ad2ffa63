package dev.windlass.starter.deploy;

import dev.windlass.starter.approvals.RequestSigning;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.door.Session;
import dev.windlass.workflows.approvals.Requester;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Option;

/** With which key a request is signed. */
final class SigningOptions {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "Your SSH key, when it is neither in the agent nor in ~/.ssh. Its public half stands in ops.yml.")
    Optional<Path> key = Optional.empty();

    Requester sign(Door door, Session session, String runbook, String workflowId, SortedMap<String, String> asked) {
        return RequestSigning.of(door, session, key, runbook, workflowId, asked);
    }
}
