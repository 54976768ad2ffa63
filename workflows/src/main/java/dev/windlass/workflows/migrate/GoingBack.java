package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.SchemaReport.AsExpected;
import dev.windlass.workflows.migrate.SchemaReport.Different;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The way back from a migration, to its end, also when the run was cancelled; where it does not end, a person is asked. */
final class GoingBack {
    private final MigrateRequest request;
    private final MigratePlan plan;
    private final Timeline timeline;
    private final Parking parking;
    private final MigrateNotices notices;
    private final Optional<ProvenSet> restorePoint;
    private Optional<String> putBack = Optional.empty();

    /** @param restorePoint what the database is put back from, where that is the way back */
    GoingBack(
            MigrateRequest request,
            MigratePlan plan,
            Timeline timeline,
            MigrateNotices notices,
            Optional<ProvenSet> restorePoint) {
        this.request = request;
        this.plan = plan;
        this.timeline = timeline;
        this.parking = new Parking(plan.plan(), timeline, request.environment());
        this.notices = notices;
        this.restorePoint = restorePoint;
    }

    /** How the way back ended. */
    private sealed interface Way {
        record Back(String words) implements Way {}

        record Lost(String known) implements Way {}
    }

    /** @param took asked when it has ended */
    MigrateOutcome because(String reason, Supplier<Duration> took) {
        CompletablePromise<MigrateOutcome> outcome = Workflow.newPromise();
        Workflow.newDetachedCancellationScope(() -> outcome.complete(tell(reason, undo(), took.get())))
                .run();
        return outcome.get();
    }

    private MigrateOutcome tell(String reason, Way way, Duration took) {
        PlanDigest digest = plan.plan().digest();
        return switch (way) {
            case Way.Back back ->
                new MigrateOutcome.Undone(
                        reason,
                        back.words() + told(),
                        digest,
                        took,
                        Announcer.announceBriefly(notices.undone(plan, reason, took, putBack)));
            case Way.Lost lost ->
                new MigrateOutcome.NeedsHuman(
                        reason,
                        lost.known() + told(),
                        digest,
                        took,
                        Announcer.announceBriefly(notices.needsHuman(plan, reason, lost.known(), putBack)));
        };
    }

    private String told() {
        return putBack.map(words -> "; " + words).orElse("");
    }

    private Way undo() {
        Step step = plan.plan().step(MigrateSteps.APPLY);
        try {
            // A failed transaction leaves nothing to undo, and a file that goes down need not bear that.
            if (look(step) instanceof AsExpected untouched) {
                return new Way.Back(untouched.words());
            }
            takeBack(step);
            return parking.during(step, "seeing that the database stands as before", () -> requireAsBefore(step))
                    .<Way>map(Way.Back::new)
                    .orElseGet(() -> new Way.Lost("a person let the run end while the database is not as before"));
        } catch (TemporalFailure givenUp) {
            return new Way.Lost(MigrateRun.reason(givenUp));
        }
    }

    private void takeBack(Step step) {
        switch (plan.observation().wayBack()) {
            case DOWN, ASK -> {
                if (!step.undo().isEmpty()) {
                    parking.during(step, "undoing: " + step.title(), () -> {
                        MigrateStubs.undoing(step).undo(order(step));
                        return true;
                    });
                    timeline.remark(step.id(), "undone");
                }
            }
            case RESTORE -> {
                String doing = "putting " + plan.observation().database() + " back from its backup";
                putBack = parking.during(
                                step,
                                doing,
                                () -> MigrateStubs.puttingBack(step).putBack(order(step)))
                        .flatMap(PutBack::words);
                timeline.remark(step.id(), putBack.orElse("undone without a restore"));
            }
        }
    }

    private String requireAsBefore(Step step) {
        return switch (look(step)) {
            case AsExpected fine -> fine.words();
            case Different different ->
                throw new Failure(
                                FailureType.PRECONDITION,
                                "the database of " + request.app() + " " + request.environment()
                                        + " stands neither as before nor as planned: " + different.reason(),
                                "repair it by hand, then windlass resume with --retry: it is looked at again",
                                "migrate.md#neither-old-nor-new")
                        .asException();
        };
    }

    private SchemaReport look(Step step) {
        return MigrateStubs.looking("see whether the database stands as before").checkUndone(order(step));
    }

    private MigrateOrder order(Step step) {
        return MigrateOrder.of(request, plan, step, restorePoint);
    }
}
