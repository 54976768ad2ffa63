package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.util.ArrayList;
import java.util.List;

/** What a run did, in order. Planning only looks and is left out: its effects belong to no step of a plan. */
public final class RecordedEffects implements EffectJournal {
    private static final StepId PLANNING = StepId.of("plan");

    private final List<Executed> executed = new ArrayList<>();

    @Override
    public synchronized void begun(StepToken token, Effect effect) {
        add(token.step(), effect);
    }

    public synchronized void add(StepId step, Effect effect) {
        if (!step.equals(PLANNING)) {
            executed.add(new Executed(step, effect));
        }
    }

    public synchronized void addAll(Step step) {
        step.effects().forEach(effect -> add(step.id(), effect));
    }

    public synchronized List<Executed> all() {
        return List.copyOf(executed);
    }

    public synchronized void forget() {
        executed.clear();
    }
}
