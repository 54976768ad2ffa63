package dev.windlass.workflows.protect;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.PlanApproval;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Setting up the protection of a cluster, in the order of its page. */
public final class ProtectWorkflowImpl implements ProtectWorkflow {
    /** A full backup that is under way ends within hours. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Override
    public ProtectOutcome run(ProtectRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.cluster().value()));
        Questions.requireFresh(request.requester());
        Audit.started(
                "protect", request.requester().label(), request.requester().asking(request.asked()));
        try {
            ProtectOutcome outcome = protect(request);
            Audit.ended("protect", ProtectOutcome.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            String reason = Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(notices(request).broken("setting up the protection", failed));
                        Audit.ended("protect", "failed: " + reason);
                    })
                    .run();
            throw failed;
        }
    }

    /** As often as what would run has changed when it is about to: the approval was for something else. */
    private static ProtectOutcome protect(ProtectRequest request) {
        while (true) {
            ProtectPlan plan = plan(request, "look at cluster, configuration and repository, and plan");
            if (plan.isProtectedAlready()) {
                return new ProtectOutcome.AlreadyProtected(request.cluster());
            }
            Timeline timeline = new Timeline(plan.plan());
            Optional<Closing> closing = approval(request, plan)
                    .flatMap(asked -> asked.waitFor(
                            timeline, (person, reason) -> notices(request).glassBroken(person, reason)));
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(request, plan, closing.get());
            }
            Optional<ProtectOutcome> outcome = Locks.holding(
                    List.of("protect/" + request.cluster()), PATIENCE, () -> carryOut(request, plan, timeline));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
        }
    }

    /** @return nothing when the plan is not the one from before any more; nothing was changed then */
    private static Optional<ProtectOutcome> carryOut(ProtectRequest request, ProtectPlan approved, Timeline timeline) {
        ProtectPlan latest = plan(request, "plan again, now that nobody else can change anything");
        if (!latest.plan().digest().equals(approved.plan().digest())) {
            return Optional.empty();
        }
        long since = Workflow.currentTimeMillis();
        new ProtectRun(request.cluster(), latest.plan(), timeline).setUp();
        Duration took = Duration.ofMillis(Workflow.currentTimeMillis() - since);
        return Optional.of(latest.restartWith()
                .<ProtectOutcome>map(command -> waits(request, latest, timeline, command))
                .orElseGet(() -> isProtected(request, latest, timeline, took)));
    }

    private static ProtectOutcome waits(ProtectRequest request, ProtectPlan plan, Timeline timeline, String command) {
        List<String> undelivered = timeline.during(
                ProtectSteps.NOTIFY,
                () -> Announcer.announceBriefly(notices(request).waitsForRestart(command)));
        return new ProtectOutcome.WaitsForRestart(
                request.cluster(), command, plan.plan().digest(), undelivered);
    }

    private static ProtectOutcome isProtected(
            ProtectRequest request, ProtectPlan plan, Timeline timeline, Duration took) {
        List<String> undelivered = timeline.during(
                ProtectSteps.NOTIFY,
                () -> Announcer.announceBriefly(notices(request).isProtected(took)));
        return new ProtectOutcome.Protected(request.cluster(), plan.plan().digest(), took, undelivered);
    }

    private static ProtectPlan plan(ProtectRequest request, String summary) {
        return ProtectStubs.planning(summary).planProtect(request);
    }

    private static Optional<PlanApproval> approval(ProtectRequest request, ProtectPlan plan) {
        return plan.environment()
                .map(environment -> new PlanApproval(
                        "protect",
                        "protect cluster " + request.cluster(),
                        environment,
                        request.requester(),
                        plan.requester(),
                        plan.plan(),
                        plan.policy()));
    }

    private static ProtectOutcome notApproved(ProtectRequest request, ProtectPlan plan, Closing closing) {
        String reason = approval(request, plan).orElseThrow().whyNot(closing);
        List<String> undelivered = Announcer.announceBriefly(notices(request).notApproved(closing, reason));
        return new ProtectOutcome.NotApproved(
                request.cluster(), closing.view().state(), reason, plan.plan().digest(), undelivered);
    }

    private static ProtectNotices notices(ProtectRequest request) {
        return new ProtectNotices(request.cluster());
    }
}
