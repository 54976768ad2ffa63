package dev.windlass.workflows.migrate;

import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.SchemaReport.AsExpected;
import dev.windlass.workflows.migrate.SchemaReport.Different;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The steps of one migration, and the way back. The locks are held and the plan is the one that was approved. */
public final class MigrateRun {
    private final MigrateRequest request;
    private final MigratePlan plan;
    private final Timeline timeline;
    private final MigrateNotices notices;
    private final long since = Workflow.currentTimeMillis();
    private Optional<ProvenSet> restorePoint = Optional.empty();

    MigrateRun(MigrateRequest request, MigratePlan plan, Timeline timeline, MigrateNotices notices) {
        this.request = request;
        this.plan = plan;
        this.timeline = timeline;
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
        BackupBefore backup = new BackupBefore(request, plan.observation(), timeline);
        return switch (plan.observation().wayBack()) {
            case DOWN, ASK -> {
                backup.requireFresh();
                yield applyAndVerify(Optional.empty());
            }
            case RESTORE -> backup.holdingNewOne(set -> applyAndVerify(Optional.of(set)));
        };
    }

    private MigrateOutcome applyAndVerify(Optional<ProvenSet> restorePoint) {
        this.restorePoint = restorePoint;
        String verified;
        try {
            apply();
            verified = verify() + waitUntilHealthy();
        } catch (TemporalFailure | NotKeptException stopped) {
            MigrateOutcome outcome =
                    new GoingBack(request, plan, timeline, notices, restorePoint).because(reason(stopped), this::took);
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
        return MigrateOrder.of(request, plan, step, restorePoint);
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
