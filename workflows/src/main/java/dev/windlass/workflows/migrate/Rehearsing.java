package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.notify.Announcer;
import java.time.Duration;
import java.util.List;

/** From a request to a plan: look, rehearse, plan. */
public final class Rehearsing {
    private static final Duration PATIENCE = Duration.ofHours(6);

    private Rehearsing() {}

    public static MigrateObservation observe(MigrateRequest request) {
        return MigrateStubs.planning("look at the database, the migrations and the backups")
                .observeMigrations(request);
    }

    /** The set cannot be pruned meanwhile. */
    public static Rehearsal rehearse(MigrateRequest request, MigrateObservation seen) {
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

    /** @param beside what else people are told, a line each; @return the channels that were not reached */
    public static List<String> tellOfFailure(MigrateRequest request, Rehearsal rehearsal, List<String> beside) {
        return Announcer.announceBriefly(new MigrateNotices(request, beside).rehearsalFailed(rehearsal));
    }
}
