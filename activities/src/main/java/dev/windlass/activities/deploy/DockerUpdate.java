package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.Convergence.Look;
import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import java.util.List;

/** Gives a service another image by {@code docker service update}. */
final class DockerUpdate implements ServiceUpdate {
    private final ServiceStep step;
    private final ServiceLook look;

    DockerUpdate(ServiceStep step) {
        this.step = step;
        this.look = step.look();
    }

    // Twice: finds the service set to the image, by an earlier attempt.
    @Override
    public void update(PinnedImage image) {
        if (!image.isNamedBy(look.setting().image())) {
            step.runToItsEnd(updating(step.step().effects(), image));
        }
    }

    // Twice: finds the service set to the image before, or on its way there, by Swarm itself or by an earlier attempt.
    @Override
    public void undo(PinnedImage before) {
        if (!isOnItsWay(before)) {
            step.runToItsEnd(updating(step.step().undo(), before));
        }
    }

    private boolean isOnItsWay(PinnedImage before) {
        return switch (look.swarm()) {
            case Look.Unseen unseen ->
                throw ServiceFailures.swarmUnseen(step.layout().target().service(), unseen.reason());
            case Look.Seen seen ->
                switch (seen.state().verdict(before)) {
                    case Verdict.Serving serving -> true;
                    case Verdict.Underway underway ->
                        before.isNamedBy(seen.state().image());
                    case Verdict.Failed failed -> false;
                };
        };
    }

    private static Command updating(List<Effect> effects, PinnedImage image) {
        Command update = DeployStep.find(effects, "docker", "update")
                .orElseThrow(() -> new IllegalArgumentException("the step has no docker service update"));
        if (!update.argv().contains("--image=" + image.reference())) {
            throw new IllegalArgumentException("the step updates to another image than " + image);
        }
        return update;
    }
}
