package dev.windlass.workflows.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What a run will do, observed and decided before anything is changed. History keeps it; the run walks its steps.
 *
 * @param runbook the runbook's name, as the command line and the page call it
 * @param request what was asked for, in words
 * @param resolved what the names in the request turned out to be (versions, sizes do not belong here, hosts and tool
 *     versions do)
 * @param shown ages, sizes and estimates for the reader; they change by the minute and are not part of the digest
 */
public record Plan(
        String runbook,
        SortedMap<String, String> request,
        SortedMap<String, String> resolved,
        SortedMap<String, String> shown,
        List<Step> steps,
        PlanDigest digest) {
    public Plan {
        request = Sorted.copyOf(request);
        resolved = Sorted.copyOf(resolved);
        shown = Sorted.copyOf(shown);
        steps = List.copyOf(steps);
        Set<StepId> ids = new HashSet<>();
        for (Step step : steps) {
            if (!ids.add(step.id())) {
                throw new IllegalArgumentException("step " + step.id() + " stands twice in the plan of " + runbook);
            }
        }
    }

    /** A plan with its digest computed. */
    public static Plan of(
            String runbook,
            SortedMap<String, String> request,
            SortedMap<String, String> resolved,
            SortedMap<String, String> shown,
            List<Step> steps) {
        return new Plan(runbook, request, resolved, shown, steps, PlanDigest.of(runbook, request, resolved, steps));
    }

    public boolean hasStep(StepId id) {
        return find(id).isPresent();
    }

    public Step step(StepId id) {
        return find(id).orElseThrow(
                        () -> new IllegalArgumentException("the plan of " + runbook + " has no step " + id));
    }

    private Optional<Step> find(StepId id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    public List<Step> stepsOf(String verb) {
        return steps.stream()
                .filter(step ->
                        step.id().value().equals(verb) || step.id().value().startsWith(verb + "/"))
                .toList();
    }
}
