package dev.windlass.runbooks.deploy;

import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.deploy.DeploySteps;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One plan out of that of a deploy and that of a migration. The version is made ready first, since that changes nothing for
 * anybody; then the database is migrated, and only then the version starts.
 */
public final class PlanOfMigratingDeploy {
    private final DeployRequest request;

    public PlanOfMigratingDeploy(DeployRequest request) {
        this.request = request;
    }

    /**
     * @param migrate none where nothing comes before the deploy
     * @param later from the first contract migration on
     */
    public Plan plan(Plan deploy, Optional<Plan> migrate, List<Migration> later) {
        SortedMap<String, String> resolved = new TreeMap<>(deploy.resolved());
        SortedMap<String, String> shown = new TreeMap<>(deploy.shown());
        migrate.ifPresent(plan -> {
            // Both say who approves; the rest speaks of another thing under the same name.
            plan.resolved().forEach((name, words) -> {
                if (!name.equals("approval")) {
                    resolved.put(name.startsWith("migration ") ? name : "migrations: " + name, words);
                }
            });
            shown.putAll(plan.shown());
            resolved.put("when the deploy goes back", "the expand migrations stay applied");
        });
        if (!later.isEmpty()) {
            resolved.put("left for a run of its own", left(later));
        }
        return Plan.of(deploy.runbook(), deploy.request(), resolved, shown, steps(deploy, migrate));
    }

    private String left(List<Migration> later) {
        return later.stream()
                        .map(each -> each.name() + " (" + each.phase().words() + ", " + each.checksum() + ")")
                        .collect(Collectors.joining(", "))
                + ": windlass migrate " + request.app() + " " + request.environment();
    }

    private static List<Step> steps(Plan deploy, Optional<Plan> migrate) {
        List<Step> steps = new ArrayList<>();
        for (Step step : deploy.steps()) {
            steps.add(step);
            if (step.id().equals(DeploySteps.PREPARE)) {
                migrate.stream()
                        .flatMap(plan -> plan.steps().stream())
                        .filter(each -> !each.id().equals(MigrateSteps.NOTIFY))
                        .forEach(steps::add);
            }
        }
        return steps;
    }
}
