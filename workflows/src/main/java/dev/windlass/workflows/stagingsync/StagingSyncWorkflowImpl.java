package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.PlanApproval;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A masked copy for staging, in the order of its page. */
public final class StagingSyncWorkflowImpl implements StagingSyncWorkflow {
    /** Whoever changes staging before this run ends within hours, unless it is parked. */
    private static final Duration PATIENCE = Duration.ofHours(14);

    private static final String RUNBOOK = "staging-sync";

    private final List<String> told = new ArrayList<>();
    private String standing = "staging is as it was";

    @Override
    public StagingSyncOutcome run(StagingSyncRequest request) {
        Questions.requireFresh(request.requester());
        Audit.started(RUNBOOK, request.requester().label(), request.requester().asking(request.asked()));
        try {
            StagingSyncOutcome outcome = sync(request);
            Audit.ended(RUNBOOK, StagingSyncOutcome.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(new StagingSyncNotices(request).broken(failed, standing));
                        Audit.ended(RUNBOOK, "failed: " + reason(failed) + "; " + standing);
                    })
                    .run();
            throw failed;
        }
    }

    /** As often as what would run has changed when it is about to: the approval was for something else. */
    private StagingSyncOutcome sync(StagingSyncRequest asked) {
        StagingSyncRequest request = asked;
        while (true) {
            StagingSyncPlan plan = plan(request, "look at both databases and the classification, and plan");
            Workflow.upsertTypedSearchAttributes(
                    RunAttributes.ENVIRONMENT.valueSet(plan.environment().value()));
            Timeline timeline = new Timeline(plan.plan());
            StagingSyncNotices notices = new StagingSyncNotices(request);
            PlanApproval approval = approval(request, plan, notices);
            Optional<Closing> closing = approval.waitFor(timeline, notices::glassBroken);
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(plan, closing.get(), approval.whyNot(closing.get()), notices);
            }
            StagingSyncRequest current = request;
            Optional<StagingSyncOutcome> outcome = Locks.holding(
                    List.of("database/" + plan.target()), PATIENCE, () -> carryOut(current, plan, timeline, notices));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            request = asked(request);
            closing.ifPresent(Questions::rewriteAsVoid);
        }
    }

    /** @return nothing when the plan is not the one from before any more; nothing was changed then */
    private Optional<StagingSyncOutcome> carryOut(
            StagingSyncRequest request, StagingSyncPlan approved, Timeline timeline, StagingSyncNotices notices) {
        StagingSyncPlan latest = plan(request, "plan again, now that nobody else can change staging");
        if (!latest.plan().digest().equals(approved.plan().digest())) {
            return Optional.empty();
        }
        try {
            return Optional.of(carryOut(latest, timeline, notices));
        } catch (ActivityFailure failed) {
            requireAnotherSource(latest, failed);
            told.add("it was copied from production itself, for " + reason(failed));
            if (latest.policy().isPresent()) {
                return Optional.empty();
            }
            StagingSyncPlan another = plan(asked(request), "plan with production as the source");
            return Optional.of(carryOut(another, new Timeline(another.plan()), notices));
        }
    }

    /** What nobody can restore is no source; production is, where either will do. That is another plan, to be agreed to. */
    private static void requireAnotherSource(StagingSyncPlan plan, ActivityFailure failed) {
        boolean isUnrestorable = Failure.in(failed)
                .filter(known -> known.type() == FailureType.RESTORE_FAILED)
                .isPresent();
        boolean isEither = plan.backup()
                .filter(backup -> backup.choice() == SourceChoice.AUTO)
                .isPresent();
        if (!isUnrestorable || !isEither) {
            throw failed;
        }
    }

    private StagingSyncRequest asked(StagingSyncRequest request) {
        return told.isEmpty() ? request : request.instead(SourceChoice.PRODUCTION);
    }

    private StagingSyncOutcome carryOut(StagingSyncPlan latest, Timeline timeline, StagingSyncNotices notices) {
        long since = Workflow.currentTimeMillis();
        StagingSyncRun run = new StagingSyncRun(latest, timeline, told);
        try {
            run.sync();
            Duration took = Duration.ofMillis(Workflow.currentTimeMillis() - since);
            StagingSyncOutcome.Synced synced = run.outcome(took, List.of());
            List<String> undelivered =
                    timeline.during(StagingSyncSteps.NOTIFY, () -> Announcer.announceBriefly(notices.synced(synced)));
            return run.outcome(took, undelivered);
        } finally {
            standing = run.standing();
        }
    }

    private static StagingSyncPlan plan(StagingSyncRequest request, String summary) {
        return StagingSyncStubs.looking(summary).plan(request);
    }

    private static PlanApproval approval(StagingSyncRequest request, StagingSyncPlan plan, StagingSyncNotices notices) {
        return new PlanApproval(
                "staging",
                notices.subject(),
                plan.environment(),
                request.requester(),
                plan.requester(),
                plan.plan(),
                plan.policy());
    }

    private static StagingSyncOutcome notApproved(
            StagingSyncPlan plan, Closing closing, String reason, StagingSyncNotices notices) {
        return new StagingSyncOutcome.NotApproved(
                closing.view().state(),
                reason,
                plan.plan().digest(),
                Announcer.announceBriefly(notices.notApproved(closing, reason)));
    }

    static String reason(TemporalFailure failed) {
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }
}
