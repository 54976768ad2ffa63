package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;

/** Makes the context of a step out of the activity that executes it. */
public final class StepContexts {
    private StepContexts() {}

    public static StepContext of(ActivityExecutionContext activity, StepId step, EffectJournal journal) {
        ActivityInfo about = activity.getInfo();
        StepToken token = new StepToken(about.getWorkflowId(), about.getRunId(), step);
        return new StepContext(token, new ActivityPulse(activity), journal);
    }
}
