package dev.windlass.runbooks.recovery;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;

import dev.windlass.workflows.kernel.Failure;
import java.util.List;

/** What can fail between the machine that leads a recovery and the one that is recovered, worded as the code says it. */
final class LinkPageFailures {
    private LinkPageFailures() {}

    static List<Failure> all() {
        return List.of(
                new Failure(
                        COMMAND_FAILED,
                        "the target is not reached by SSH: {words}",
                        "see whether it runs and whether the key fits: ssh -F ssh_config in the launcher's directory; the"
                                + " step is tried again",
                        "recover-vps.md#target-not-reached"),
                new Failure(
                        COMMAND_FAILED,
                        "a command on the target failed with exit code {number}: {words}",
                        "see what the target lacks (space in /var and /run, sudo without a password); the step is tried"
                                + " again",
                        "recover-vps.md#command-on-target"),
                new Failure(
                        PRECONDITION,
                        "the target is {machine}, and this launcher's Java runs on {lead}",
                        "take a Debian or Ubuntu machine with systemd and the launcher's processor, or start the launcher"
                                + " on one like the target",
                        "recover-vps.md#other-machine"),
                new Failure(
                        COMMAND_FAILED,
                        "the kit arrived with SHA-256 {found}, and was sent with {sent}",
                        "nothing to do: it is sent again from its beginning",
                        "recover-vps.md#kit-damaged"));
    }
}
