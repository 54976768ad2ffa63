package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.util.List;

/** From a request to a plan: look, rehearse, plan. */
final class Rehearsing {
    private static final Duration PATIENCE = Duration.ofHours(6);

    private Rehearsing() {}

    static MigrateObservation observe(MigrateRequest request) {
        return MigrateStubs.planning("look at the database, the migrations and the backups")
                .observeMigrations(request);
    }

    /** The set cannot be pruned meanwhile. */
    static Rehearsal rehearse(MigrateRequest request, MigrateObservation seen) {
        Step step = seen.rehearse().orElseThrow();
        MigrateObservation.ProvenSet set = seen.newest().orElseThrow();
        RehearseOrder order = new RehearseOrder(step, request.app(), request.environment(), set, seen.state());
        return Locks.holding(
                List.of(set.set().lock()),
                PATIENCE,
                () -> MigrateStubs.rehearsing(step).rehearse(order));
    }

    static MigratePlan plan(MigrateRequest request, MigrateObservation seen, Rehearsal rehearsal, String summary) {
        return MigrateStubs.planning(summary).planMigrate(new MigratePlanOrder(request, seen, rehearsal));
    }
}
