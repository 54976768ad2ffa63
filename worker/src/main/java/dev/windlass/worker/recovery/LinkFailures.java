package dev.windlass.worker.recovery;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** What the link to the machine that is recovered says when it cannot go on. */
final class LinkFailures {
    private static final int MOST_LINES = 4;

    private LinkFailures() {}

    /** Tried again: networks come back, and so do machines that restart. */
    static ApplicationFailure notReached(CommandResult result) {
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        "the target is not reached by SSH: " + lastWords(result),
                        "see whether it runs and whether the key fits: ssh -F ssh_config in the launcher's directory; the"
                                + " step is tried again",
                        "recover-vps.md#target-not-reached")
                .asException();
    }

    static ApplicationFailure refused(CommandResult result) {
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        "a command on the target failed with exit code " + result.exitCode() + ": " + lastWords(result),
                        "see what the target lacks (space in /var and /run, sudo without a password); the step is tried"
                                + " again",
                        "recover-vps.md#command-on-target")
                .asException();
    }

    static ApplicationFailure otherMachine(String machine, String lead) {
        return new Failure(
                        FailureType.PRECONDITION,
                        "the target is " + machine + ", and this launcher's Java runs on " + lead,
                        "take a Debian or Ubuntu machine with systemd and the launcher's processor, or start the launcher"
                                + " on one like the target",
                        "recover-vps.md#other-machine")
                .asException();
    }

    static ApplicationFailure kitDamaged(String found, String sent) {
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        "the kit arrived with SHA-256 " + found + ", and was sent with " + sent,
                        "nothing to do: it is sent again from its beginning",
                        "recover-vps.md#kit-damaged")
                .asException();
    }

    private static String lastWords(CommandResult result) {
        List<String> words = result.errorTail();
        return words.isEmpty()
                ? "it printed no error"
                : String.join(" / ", words.subList(Math.max(0, words.size() - MOST_LINES), words.size()));
    }
}
