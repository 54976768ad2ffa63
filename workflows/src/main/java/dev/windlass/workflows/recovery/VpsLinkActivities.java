package dev.windlass.workflows.recovery;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * From the machine that leads to the one that is recovered, by SSH; on the queue {@link
 * dev.windlass.workflows.kernel.TaskQueues#RECOVERY_LEAD}. Each is safe to run twice: the lead may have been killed in the
 * middle of any of them, and what its SSH left is ended first.
 */
@ActivityInterface
public interface VpsLinkActivities {
    /**
     * Whether SSH gets there as root, and whether it is a machine that can be recovered.
     *
     * @return the machine in a line, such as {@code Debian GNU/Linux 12 (bookworm), x86_64, 4.1 GB of memory}
     * @throws io.temporal.failure.ApplicationFailure TARGET_UNAVAILABLE: it is not reached; PRECONDITION: it is another kind
     *     of machine
     */
    @ActivityMethod(name = "ReachTarget")
    String reach(LinkOrder order);

    /** The worker and what runs it. @return the bytes that had to be sent; what is there and right is not sent again */
    @ActivityMethod(name = "SendKit")
    long sendKit(LinkOrder order);

    /** The files of {@code RecoveryCredential.files()}, through standard input, with mode 0600, in a directory of /run. */
    @ActivityMethod(name = "PutSecrets")
    void putSecrets(LinkOrder order);

    /**
     * Opens the reverse tunnel, starts the target's worker where it does not run, and keeps both so: it ends only by being
     * cancelled, and closes the tunnel then. The run has it open beside all that is done on the target, so that a lead that
     * was killed opens the tunnel again when it comes back. Beats every second.
     *
     * @throws io.temporal.failure.ApplicationFailure TARGET_UNAVAILABLE: given up; the run then fails
     */
    @ActivityMethod(name = "HoldLink")
    void hold(LinkOrder order);

    /** Ends the target's worker and removes secrets and kit. Harmless when none of them is there. */
    @ActivityMethod(name = "CloseLink")
    void close(LinkOrder order);
}
