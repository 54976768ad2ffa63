package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Effect;

/** Hears of every effect right before it is executed, with its slots filled. */
@FunctionalInterface
public interface EffectJournal {
    void begun(StepToken step, Effect effect);

    static EffectJournal none() {
        return (step, effect) -> {};
    }
}
