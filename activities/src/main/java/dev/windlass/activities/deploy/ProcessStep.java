package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.deploy.Colour;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.DeployOrder;
import java.time.Clock;

/** One step of a deploy of a process. */
record ProcessStep(DeployOrder order, ProcessLayout layout, Shell shell, StepContext context, Clock clock)
        implements DeployStep {
    ProcessState state() {
        return new ProcessState(layout);
    }

    /** The slot this step acts on. */
    Colour colour() {
        return layout.colourIn(step())
                .orElseThrow(() -> new IllegalArgumentException("step " + step().id() + " names no slot of "
                        + layout.app() + " " + layout.environment() + "; ports in ops.yml may have changed"));
    }
}
