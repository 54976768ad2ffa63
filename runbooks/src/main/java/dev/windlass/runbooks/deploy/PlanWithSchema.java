package dev.windlass.runbooks.deploy;

import dev.windlass.runbooks.deploy.SchemaObservation.Marked;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan of a deploy that also says how the schema stands to the version, whatever the target. */
public final class PlanWithSchema {
    private PlanWithSchema() {}

    public static Plan of(Plan plan, DeployRequest request, SchemaObservation now, SchemaFit fit) {
        SortedMap<String, String> resolved = new TreeMap<>(plan.resolved());
        SortedMap<String, String> shown = new TreeMap<>(plan.shown());
        switch (now) {
            case SchemaObservation.LeftAlone leftAlone -> {}
            case SchemaObservation.Unseen unseen -> {}
            case SchemaObservation.Seen seen -> {
                resolved.put("migrations applied", applied(seen.applied()));
                seen.problem().ifPresent(problem -> shown.put("marks of the migrations", "not read: " + problem));
            }
        }
        switch (fit) {
            case SchemaFit.NewCode newCode -> {}
            case SchemaFit.NotKnown notKnown ->
                shown.put("schema", "WARNING: whether the code bears it is not known: " + notKnown.reason());
            case SchemaFit.Compared compared -> tell(compared, request, resolved, shown);
        }
        return Plan.of(plan.runbook(), plan.request(), resolved, shown, plan.steps());
    }

    private static void tell(
            SchemaFit.Compared compared,
            DeployRequest request,
            SortedMap<String, String> resolved,
            SortedMap<String, String> shown) {
        String since = "since " + compared.version() + " was deployed";
        if (!compared.since().isEmpty()) {
            resolved.put("applied " + since, words(compared.since()));
        }
        List<String> unfit = compared.unfit();
        if (!unfit.isEmpty()) {
            shown.put(
                    "schema",
                    "WARNING: the code of " + compared.version() + " may not bear it: " + String.join(", ", unfit)
                            + (request.accepted().contains(DeployRequest.SCHEMA) ? "; accepted by the request" : ""));
        } else if (!compared.since().isEmpty()) {
            shown.put(
                    "schema",
                    "WARNING: applied " + since + ": " + words(compared.since())
                            + "; its code should run on with that");
        }
    }

    private static String applied(List<Marked> applied) {
        return applied.isEmpty()
                ? "none"
                : applied.size() + ", the last " + applied.getLast().migration().name();
    }

    private static String words(List<Marked> migrations) {
        return migrations.stream().map(Marked::words).collect(Collectors.joining(", "));
    }
}
