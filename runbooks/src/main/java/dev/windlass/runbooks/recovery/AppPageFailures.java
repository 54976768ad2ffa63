package dev.windlass.runbooks.recovery;

import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.TARGET_UNAVAILABLE;

import dev.windlass.workflows.kernel.Failure;
import java.util.List;

/** Why something does not serve on a machine that was recovered, worded as the code says it. It ends no recovery. */
final class AppPageFailures {
    private AppPageFailures() {}

    static List<Failure> all() {
        return List.of(
                new Failure(
                        PRECONDITION,
                        "nginx refuses the configuration that came back: {words}",
                        "install the module or the file that it names, then: nginx -t && systemctl restart nginx",
                        "recover-vps.md#nginx"),
                new Failure(
                        PRECONDITION,
                        "{app} was not started: this machine does not have {files}",
                        "put it there (a file with secrets: owner root, mode 0600), then: {command}",
                        "recover-vps.md#app-does-not-serve"),
                new Failure(
                        TARGET_UNAVAILABLE,
                        "{app} does not serve: {reason}",
                        "see what it says, then: {command}",
                        "recover-vps.md#app-does-not-serve"),
                new Failure(
                        PRECONDITION,
                        "the worker was not started: this machine does not have {secrets}",
                        "put variables into /etc/windlass/worker.env and files to their places (owner root, mode 0600), then:"
                                + " systemctl enable --now windlass-worker",
                        "recover-vps.md#windlass-does-not-run"),
                new Failure(
                        TARGET_UNAVAILABLE,
                        "{unit} does not answer: {reason}",
                        "see what it says: journalctl -u {unit}",
                        "recover-vps.md#windlass-does-not-run"),
                new Failure(
                        PRECONDITION,
                        "{file} is not the one that came back with the set",
                        "put it back, then deploy the apps one by one",
                        "recover-vps.md#app-does-not-serve"));
    }
}
