package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.Removal;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Retention as a plan: which sets go, from which store, and why the others stay. */
public final class PlanOfPrune {
    private PlanOfPrune() {}

    /** Which sets go is decided at the moment of use; the step says only what is done to each. */
    static Step step(Operations operations) {
        List<Effect> effects = new ArrayList<>();
        operations.backup().remote().ifPresent(store -> {
            effects.add(ObjectCalls.list(store, BackupKeys.SETS));
            effects.add(ObjectCalls.delete(store, "sets/{old-set}/"));
        });
        effects.add(ObjectCalls.list(BackupPolicy.LOCAL, BackupKeys.SETS));
        effects.add(ObjectCalls.delete(BackupPolicy.LOCAL, "sets/{old-set}/"));
        return Step.of(
                        BackupSteps.PRUNE,
                        "Remove sets past " + operations.backup().keep().localDays() + " days here"
                                + operations
                                        .backup()
                                        .remote()
                                        .map(store -> " and "
                                                + operations.backup().keep().remoteDays() + " days in " + store)
                                        .orElse(""),
                        effects)
                .withPrecondition("the newest set is proven; the last proven set and sets in use stay")
                .withSlots("old-set");
    }

    public static Plan plan(Operations operations, List<Removal> removals, List<String> kept) {
        SortedMap<String, String> shown = new TreeMap<>();
        int number = 0;
        for (Removal removal : removals) {
            shown.put(
                    "removes %03d".formatted(++number),
                    removal.set() + " from " + removal.store() + ": " + removal.reason());
        }
        number = 0;
        for (String line : kept) {
            shown.put("keeps %03d".formatted(++number), line);
        }
        if (removals.isEmpty()) {
            shown.put("removes", "nothing");
        }
        return Plan.of("backup prune", Sorted.of(), Sorted.of(), shown, List.of(step(operations)));
    }
}
