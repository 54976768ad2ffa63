package dev.windlass.activities.backup;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;

/** What a run did, in order. Planning only looks and is left out: its effects belong to no step of a plan. */
final class RecordedEffects implements EffectJournal {
    private static final StepId PLANNING = StepId.of("plan");

    private final List<Executed> executed = new ArrayList<>();

    @Override
    public synchronized void begun(StepToken token, Effect effect) {
        add(token.step(), effect);
    }

    synchronized void add(StepId step, Effect effect) {
        if (!step.equals(PLANNING)) {
            executed.add(new Executed(step, effect));
        }
    }

    synchronized void addAll(Step step) {
        step.effects().forEach(effect -> add(step.id(), effect));
    }

    synchronized List<Executed> all() {
        return List.copyOf(executed);
    }

    synchronized void forget() {
        executed.clear();
    }
}
