package dev.windlass.activities.deploy;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.kernel.Effect.Command;
import java.util.Optional;

/** Brings the image to this machine, or finds it there. */
final class ServicePreparation {
    private final ServiceStep step;

    ServicePreparation(ServiceStep step) {
        this.step = step;
    }

    void prepare() {
        Release release = step.order().release();
        Optional<Command> pull = DeployStep.find(step.step().effects(), "docker", "pull");
        if (pull.isEmpty()) {
            if (step.look().checkOf(release).isEmpty()) {
                throw ServiceFailures.imageGone(step.layout(), release);
            }
            return;
        }
        // Before the image is there: an image that no record names would never be removed.
        ServiceRecord.read(step.layout()).prepared(release).write(step);
        CommandResult pulled = step.run(pull.get());
        // A registry that is away, or a login that has expired, must not stop the way back to what is here.
        if (!pulled.isSuccess() && step.look().checkOf(release).isEmpty()) {
            throw ServiceFailures.cannotPull(step.layout(), release, pulled);
        }
    }
}
