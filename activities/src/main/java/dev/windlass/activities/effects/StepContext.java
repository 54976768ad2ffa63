package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Effect;

/** What every executor of effects needs to know of the step it works for. */
public record StepContext(StepToken token, Pulse pulse, EffectJournal journal) {
    public void begun(Effect effect) {
        journal.begun(token, effect);
    }
}
