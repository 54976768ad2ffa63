package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.kernel.Plan;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan of a deploy that also says which databases beside it nobody has recovered for too long. */
public final class PlanWithDrills {
    private PlanWithDrills() {}

    /** @param overdue for how long, by database */
    public static Plan of(Plan plan, SortedMap<String, String> overdue) {
        if (overdue.isEmpty()) {
            return plan;
        }
        SortedMap<String, String> shown = new TreeMap<>(plan.shown());
        shown.put(
                "drills",
                overdue.entrySet().stream()
                        .map(each -> "WARNING: " + each.getKey() + " was not recovered for " + each.getValue()
                                + "; try it: windlass drill database " + each.getKey())
                        .collect(Collectors.joining("; ")));
        // Not part of what is approved: it changes with the clock.
        return new Plan(plan.runbook(), plan.request(), plan.resolved(), shown, plan.steps(), plan.digest());
    }
}
