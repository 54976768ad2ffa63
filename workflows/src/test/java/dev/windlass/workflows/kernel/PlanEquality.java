package dev.windlass.workflows.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says whether a run did what its plan says. Equal means: the changes, with slots bound and attempts collapsed, are a
 * prefix of the plan's main line, followed by undos of begun steps in reverse; reads come from what the plan declares, in
 * any order. What a person decided otherwise is named by {@link #deviating}.
 */
public final class PlanEquality {
    private static final Pattern SLOT = Pattern.compile("\\{([a-z][a-z0-9-]*)}");

    private final Plan plan;
    private final Set<String> repeatedSlots;
    private final Set<StepId> ending;
    private final Map<StepId, Deviation> deviations;

    /** How a step may differ from the main line. */
    public enum Deviation {
        /** A person decided to go on without it; it may have begun. */
        SKIPPED,
        /** It stands in for another step, which was done: nothing of it may happen. */
        NOT_NEEDED
    }

    /** @param repeatedSlots an effect that holds one of these may happen any number of times, also never */
    public PlanEquality(Plan plan, Set<String> repeatedSlots) {
        this(plan, repeatedSlots, Set.of());
    }

    /** @param ending steps that every run ends with, also one that was undone: telling people */
    public PlanEquality(Plan plan, Set<String> repeatedSlots, Set<StepId> ending) {
        this(plan, repeatedSlots, ending, Map.of());
    }

    private PlanEquality(Plan plan, Set<String> repeatedSlots, Set<StepId> ending, Map<StepId, Deviation> deviations) {
        this.plan = plan;
        this.repeatedSlots = Set.copyOf(repeatedSlots);
        this.ending = Set.copyOf(ending);
        this.deviations = Map.copyOf(deviations);
    }

    public PlanEquality deviating(StepId step, Deviation how) {
        Map<StepId, Deviation> more = new HashMap<>(deviations);
        more.put(step, how);
        return new PlanEquality(plan, repeatedSlots, ending, more);
    }

    /** One effect that was executed, with its slots bound. */
    public record Executed(StepId step, Effect effect) {}

    /** @return what differs, one line each; empty when run and plan are equal */
    public List<String> differences(List<Executed> run) {
        List<String> found = new ArrayList<>();
        Map<StepId, Integer> reached = new HashMap<>();
        int furthestStep = -1;
        int lastUndone = Integer.MAX_VALUE;
        for (Executed executed : run) {
            int index = indexOf(executed.step());
            if (index < 0) {
                found.add("step " + executed.step() + " is not in the plan of " + plan.runbook());
                continue;
            }
            Step step = plan.steps().get(index);
            if (deviations.get(step.id()) == Deviation.NOT_NEEDED) {
                found.add(step.id() + " is not needed, and did: " + json(executed.effect()));
                continue;
            }
            if (executed.effect().access() == Access.READS) {
                if (Stream.concat(step.effects().stream(), step.undo().stream())
                        .noneMatch(planned -> isSame(planned, executed.effect()))) {
                    found.add(executed.step() + " reads what its plan does not declare: " + json(executed.effect()));
                }
                continue;
            }
            int at = position(step, executed.effect(), reached.getOrDefault(step.id(), -1));
            boolean isUndo = step.undo().stream().anyMatch(planned -> isSame(planned, executed.effect()));
            if (at >= 0 && !(isUndo && index < furthestStep)) {
                if (index < furthestStep) {
                    found.add(executed.step() + " changes something after a later step had begun: "
                            + json(executed.effect()));
                }
                if (lastUndone != Integer.MAX_VALUE && !ending.contains(step.id())) {
                    found.add(executed.step() + " goes on after an undo: " + json(executed.effect()));
                }
                furthestStep = Math.max(furthestStep, index);
                reached.put(step.id(), at);
            } else if (isUndo) {
                if (index < furthestStep) {
                    if (index > lastUndone) {
                        found.add(executed.step() + " is undone after an earlier step was: " + json(executed.effect()));
                    }
                    lastUndone = index;
                }
            } else {
                found.add(executed.step() + " changes what its plan does not say: " + json(executed.effect()));
            }
        }
        return found;
    }

    /** Which changes of the main line a run that ended well never made. Reads may be needless: they are not asked for. */
    public List<String> missing(List<Executed> run) {
        List<String> missing = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (deviations.containsKey(step.id())) {
                continue;
            }
            for (Effect planned : step.effects()) {
                boolean done = run.stream()
                        .anyMatch(executed -> executed.step().equals(step.id()) && isSame(planned, executed.effect()));
                if (!done && planned.access() == Access.CHANGES && !isRepeated(planned)) {
                    missing.add(step.id() + " never did: " + json(planned));
                }
            }
        }
        return missing;
    }

    /** The next effect in line, or an earlier one again: a further attempt begins at the front. */
    private int position(Step step, Effect executed, int reached) {
        List<Effect> changes = step.effects().stream()
                .filter(effect -> effect.access() == Access.CHANGES)
                .toList();
        int next = reached + 1;
        while (next < changes.size() && !isSame(changes.get(next), executed) && isRepeated(changes.get(next))) {
            next++;
        }
        if (next < changes.size() && isSame(changes.get(next), executed)) {
            return next;
        }
        if (reached >= 0 && isSame(changes.get(reached), executed) && isRepeated(changes.get(reached))) {
            return reached;
        }
        return !changes.isEmpty() && isSame(changes.getFirst(), executed) ? 0 : -1;
    }

    private boolean isRepeated(Effect planned) {
        Matcher slot = SLOT.matcher(json(planned));
        while (slot.find()) {
            if (repeatedSlots.contains(slot.group(1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(Effect planned, Effect executed) {
        Matcher slot = SLOT.matcher(json(planned));
        StringBuilder form = new StringBuilder();
        int end = 0;
        while (slot.find()) {
            form.append(Pattern.quote(json(planned).substring(end, slot.start())))
                    .append("(?s:.*?)");
            end = slot.end();
        }
        form.append(Pattern.quote(json(planned).substring(end)));
        return Pattern.matches(form.toString(), json(executed));
    }

    private int indexOf(StepId id) {
        for (int index = 0; index < plan.steps().size(); index++) {
            if (plan.steps().get(index).id().equals(id)) {
                return index;
            }
        }
        return -1;
    }

    private static String json(Effect effect) {
        return PayloadJson.canonical(effect);
    }
}
