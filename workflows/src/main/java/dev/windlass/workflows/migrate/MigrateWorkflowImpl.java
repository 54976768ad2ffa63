package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.PlanApproval;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A migration, in the order of its page. */
public final class MigrateWorkflowImpl implements MigrateWorkflow {
    /** Whoever changes the app or the database before this run ends within hours, unless it is parked. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    @Override
    public MigrateOutcome run(MigrateRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.app().value()),
                RunAttributes.ENVIRONMENT.valueSet(request.environment().value()));
        Questions.requireFresh(request.requester());
        Audit.started(
                "migrate", request.requester().label(), request.requester().asking(request.asked()));
        try {
            MigrateOutcome outcome = migrate(request);
            Audit.ended("migrate", MigrateOutcome.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(notices(request).broken(failed));
                        Audit.ended("migrate", "failed: " + MigrateRun.reason(failed));
                    })
                    .run();
            throw failed;
        }
    }

    /** As often as what would run has changed when it is about to: rehearsal and approval were for something else. */
    private static MigrateOutcome migrate(MigrateRequest request) {
        while (true) {
            MigrateObservation seen = Rehearsing.observe(request);
            if (seen.rehearse().isEmpty()) {
                return new MigrateOutcome.NothingPending(seen.state().applied());
            }
            Rehearsal rehearsal = Rehearsing.rehearse(request, seen);
            if (rehearsal.problem().isPresent()) {
                List<String> undelivered =
                        Announcer.announceBriefly(notices(request).rehearsalFailed(rehearsal));
                return new MigrateOutcome.RehearsalFailed(rehearsal, undelivered);
            }
            MigratePlan plan = Rehearsing.plan(request, seen, rehearsal, "plan the migration");
            Timeline timeline = new Timeline(plan.plan());
            Optional<Closing> closing = approval(request, plan)
                    .waitFor(timeline, (person, reason) -> notices(request).glassBroken(plan, person, reason));
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(request, plan, closing.get());
            }
            Optional<MigrateOutcome> outcome =
                    Locks.holding(locks(request, seen), PATIENCE, () -> carryOut(request, plan, timeline));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
        }
    }

    /** @return nothing when the plan is not the one from before any more; nothing was changed then */
    private static Optional<MigrateOutcome> carryOut(MigrateRequest request, MigratePlan approved, Timeline timeline) {
        MigrateObservation now = Rehearsing.observe(request);
        if (now.rehearse().isEmpty()) {
            return Optional.of(new MigrateOutcome.NothingPending(now.state().applied()));
        }
        MigratePlan latest = Rehearsing.plan(
                request, now, approved.rehearsal(), "plan again, now that nobody else can change anything");
        if (!latest.plan().digest().equals(approved.plan().digest())) {
            return Optional.empty();
        }
        return Optional.of(new MigrateRun(request, latest, timeline, notices(request)).carryOut());
    }

    /** Deploys of the app wait, and so does whoever else migrates the database. */
    private static List<String> locks(MigrateRequest request, MigrateObservation seen) {
        return List.of("deploy/" + request.app() + "/" + request.environment(), "database/" + seen.database());
    }

    private static PlanApproval approval(MigrateRequest request, MigratePlan plan) {
        return new PlanApproval(
                "migrate",
                "migrate " + request.app() + " " + request.environment() + ": " + MigrateNotices.names(plan),
                request.environment(),
                request.requester(),
                plan.observation().requester(),
                plan.plan(),
                plan.observation().policy());
    }

    private static MigrateOutcome notApproved(MigrateRequest request, MigratePlan plan, Closing closing) {
        String reason = approval(request, plan).whyNot(closing);
        List<String> undelivered = Announcer.announceBriefly(notices(request).notApproved(plan, closing, reason));
        return new MigrateOutcome.NotApproved(
                MigrateNotices.pending(plan),
                closing.view().state(),
                reason,
                plan.plan().digest(),
                undelivered);
    }

    private static MigrateNotices notices(MigrateRequest request) {
        return new MigrateNotices(request, List.of());
    }
}
