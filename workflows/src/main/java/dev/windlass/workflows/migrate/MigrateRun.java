package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.SchemaReport.AsExpected;
import dev.windlass.workflows.migrate.SchemaReport.Different;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The steps of one migration, and the way back. The locks are held and the plan is the one that was approved. */
public final class MigrateRun {
    private final MigrateRequest request;
    private final MigratePlan plan;
    private final Timeline timeline;
    private final Parking parking;
    private final MigrateNotices notices;
    private final long since = Workflow.currentTimeMillis();

    MigrateRun(MigrateRequest request, MigratePlan plan, Timeline timeline, MigrateNotices notices) {
        this.request = request;
        this.plan = plan;
        this.timeline = timeline;
        this.parking = new Parking(plan.plan(), timeline, request.environment());
        this.notices = notices;
    }

    /** @param beside what else people are told where it does not end well, a line each */
    public static MigrateRun withinAnother(
            MigrateRequest request, MigratePlan plan, Timeline timeline, List<String> beside) {
        return new MigrateRun(request, plan, timeline, new MigrateNotices(request, beside));
    }

    MigrateOutcome carryOut() {
        return switch (migrate()) {
            case MigrateOutcome.Migrated migrated -> tellOf(migrated);
            case MigrateOutcome other -> other;
        };
    }

    private MigrateOutcome tellOf(MigrateOutcome.Migrated migrated) {
        return migrated.told(timeline.during(
                MigrateSteps.NOTIFY, () -> Announcer.announceBriefly(notices.migrated(plan, migrated.took()))));
    }

    /** Applied and verified, or gone back. Of what ends well the caller tells. */
    public MigrateOutcome migrate() {
        requireFreshBackup();
        String verified;
        try {
            apply();
            verified = verify() + waitUntilHealthy();
        } catch (TemporalFailure | NotKeptException stopped) {
            MigrateOutcome outcome = goBack(reason(stopped));
            if (CancellationScope.current().isCancelRequested()) {
                throw stopped;
            }
            return outcome;
        }
        return new MigrateOutcome.Migrated(
                MigrateNotices.pending(plan),
                plan.rehearsal(),
                verified,
                plan.plan().digest(),
                took(),
                List.of());
    }

    /** Nothing was changed yet, so a backup that fails ends the run. */
    private void requireFreshBackup() {
        MigrateObservation seen = plan.observation();
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        Duration age = Duration.between(seen.newest().orElseThrow().snapshotAt(), now);
        timeline.during(MigrateSteps.BACKUP, () -> {
            if (age.compareTo(seen.backupAge()) <= 0) {
                timeline.remark(
                        MigrateSteps.BACKUP,
                        "set " + seen.newest().orElseThrow().set() + " is " + Quantities.time(age) + " old");
            } else {
                BackupOutcome outcome = backup(seen);
                timeline.remark(MigrateSteps.BACKUP, "set " + outcome.manifest().set() + " is proven");
            }
            return true;
        });
    }

    private BackupOutcome backup(MigrateObservation seen) {
        return Workflow.newChildWorkflowStub(
                        BackupWorkflow.class,
                        ChildWorkflowOptions.newBuilder()
                                .setWorkflowId(
                                        "backup-before/" + Workflow.getInfo().getRunId())
                                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
                                .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
                                .setStaticSummary("back up " + seen.database() + " before its migration")
                                .build())
                .run(new BackupRequest(
                        List.of(seen.database()), "migrate " + request.app() + " " + request.environment()));
    }

    private void apply() {
        Step step = step(MigrateSteps.APPLY);
        timeline.during(step.id(), () -> switch (MigrateStubs.changing(step).apply(order(step))) {
            case ApplyReport.Applied applied -> {
                timeline.remark(
                        step.id(), Quantities.plural(applied.migrations().size(), "migration"));
                yield true;
            }
            case ApplyReport.Failed failed -> {
                timeline.remark(step.id(), failed.reason());
                throw new NotKeptException(failed.reason());
            }
        });
    }

    private String verify() {
        Step step = step(MigrateSteps.VERIFY);
        return timeline.during(step.id(), () -> switch (MigrateStubs.looking(step.title())
                .verify(order(step))) {
            case AsExpected fine -> {
                timeline.remark(step.id(), fine.words());
                yield fine.words();
            }
            case Different different -> {
                timeline.remark(step.id(), different.reason());
                throw new NotKeptException(different.reason());
            }
        });
    }

    /** What serves may have lost what it lives on. In words that go on from the others; empty where nothing serves. */
    private String waitUntilHealthy() {
        Optional<Step> asked = plan.plan().steps().stream()
                .filter(step -> step.id().equals(MigrateSteps.HEALTH))
                .findFirst();
        return asked.map(step -> timeline.during(step.id(), () -> switch (MigrateStubs.looking(step.title())
                        .checkHealth(order(step))) {
                    case HealthReport.Healthy healthy -> {
                        timeline.remark(step.id(), healthy.words());
                        yield ", the app: " + healthy.words();
                    }
                    case HealthReport.Unhealthy unhealthy -> {
                        timeline.remark(step.id(), unhealthy.reason());
                        throw new NotKeptException("the app is not healthy any more: " + unhealthy.reason());
                    }
                }))
                .orElse("");
    }

    /** How the way back ended. */
    private sealed interface Way {
        record Back(String words) implements Way {}

        record Lost(String known) implements Way {}
    }

    /** To the end, also when the run was cancelled; a person is asked where it does not get there by itself. */
    private MigrateOutcome goBack(String reason) {
        CompletablePromise<MigrateOutcome> outcome = Workflow.newPromise();
        Workflow.newDetachedCancellationScope(() -> outcome.complete(tell(reason, undo())))
                .run();
        return outcome.get();
    }

    private MigrateOutcome tell(String reason, Way way) {
        Duration took = took();
        PlanDigest digest = plan.plan().digest();
        return switch (way) {
            case Way.Back back ->
                new MigrateOutcome.Undone(
                        reason,
                        back.words(),
                        digest,
                        took,
                        Announcer.announceBriefly(notices.undone(plan, reason, took)));
            case Way.Lost lost ->
                new MigrateOutcome.NeedsHuman(
                        reason,
                        lost.known(),
                        digest,
                        took,
                        Announcer.announceBriefly(notices.needsHuman(plan, reason, lost.known())));
        };
    }

    private Way undo() {
        Step step = step(MigrateSteps.APPLY);
        try {
            // A failed transaction leaves nothing to undo, and a file that goes down need not bear that.
            if (look(step) instanceof AsExpected untouched) {
                return new Way.Back(untouched.words());
            }
            if (!step.undo().isEmpty()) {
                parking.during(step, "undoing: " + step.title(), () -> {
                    MigrateStubs.undoing(step).undo(order(step));
                    return true;
                });
                timeline.remark(step.id(), "undone");
            }
            return parking.during(step, "seeing that the database stands as before", () -> requireAsBefore(step))
                    .<Way>map(Way.Back::new)
                    .orElseGet(() -> new Way.Lost("a person let the run end while the database is not as before"));
        } catch (TemporalFailure givenUp) {
            return new Way.Lost(reason(givenUp));
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

    /** Why a migration goes back, from whatever stopped it. */
    static String reason(RuntimeException stopped) {
        if (CancellationScope.current().isCancelRequested()) {
            return "the run was cancelled";
        }
        return switch (stopped) {
            case NotKeptException notKept -> notKept.reason();
            case TemporalFailure failed ->
                Failure.in(failed)
                        .map(failure -> failure.fact() + " (hint: " + failure.hint() + ")")
                        .orElseGet(() -> Failure.messageOf(failed));
            default -> throw stopped;
        };
    }

    /** Without the wait for people and for the locks. */
    private Duration took() {
        return Duration.ofMillis(Workflow.currentTimeMillis() - since);
    }

    private Step step(StepId id) {
        return plan.plan().step(id);
    }

    private MigrateOrder order(Step step) {
        return new MigrateOrder(
                step,
                request.app(),
                request.environment(),
                plan.observation().state(),
                plan.rehearsal(),
                plan.observation().serving());
    }

    /** What was applied is not good enough; not a breakage, so it never leaves the workflow. */
    static final class NotKeptException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;

        NotKeptException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }
}
