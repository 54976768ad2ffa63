package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;
import java.time.Clock;

/** Everything the deploy activities work with. */
public record DeployParts(
        Operations operations,
        Shell shell,
        Secrets secrets,
        Requesters requesters,
        EffectJournal journal,
        Clock clock) {
    StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }
}
