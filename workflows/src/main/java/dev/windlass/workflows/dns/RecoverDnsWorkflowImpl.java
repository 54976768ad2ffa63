package dev.windlass.workflows.dns;

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

/** Leading names elsewhere, in the order of its page. */
public final class RecoverDnsWorkflowImpl implements RecoverDnsWorkflow {
    /** Another run over the same zone ends within minutes, or waits for an old TTL of a day at most. */
    private static final Duration PATIENCE = Duration.ofHours(25);

    private static final String RUNBOOK = "recover dns";

    private String standing = "no record was changed";

    @Override
    public RecoverDnsOutcome run(RecoverDnsRequest request) {
        Questions.requireFresh(request.requester());
        Audit.started(RUNBOOK, request.requester().label(), request.requester().asking(request.asked()));
        try {
            RecoverDnsOutcome outcome = recover(request);
            Audit.ended(RUNBOOK, RecoverDnsOutcome.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(new DnsNotices(request).broken(failed, standing));
                        Audit.ended(RUNBOOK, "failed: " + reason(failed) + "; " + standing);
                    })
                    .run();
            throw failed;
        }
    }

    /** As often as what would run has changed when it is about to: the approval was for something else. */
    private RecoverDnsOutcome recover(RecoverDnsRequest request) {
        while (true) {
            RecoverDnsPlan plan = plan(request, "look at the records and the new address, and plan");
            plan.environment()
                    .ifPresent(environment -> Workflow.upsertTypedSearchAttributes(
                            RunAttributes.ENVIRONMENT.valueSet(environment.value())));
            if (plan.moves().isEmpty()) {
                return new RecoverDnsOutcome.AlreadyThere(plan.zone());
            }
            Timeline timeline = new Timeline(plan.plan());
            DnsNotices notices = new DnsNotices(request);
            Optional<PlanApproval> approval = approval(request, plan, notices);
            Optional<Closing> closing = approval.flatMap(asked -> asked.waitFor(timeline, notices::glassBroken));
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(plan, closing.get(), approval.orElseThrow().whyNot(closing.get()), notices);
            }
            Optional<RecoverDnsOutcome> outcome = Locks.holding(
                    List.of("dns/" + plan.zone()), PATIENCE, () -> carryOut(request, plan, timeline, notices));
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
        }
    }

    /** @return nothing when the plan is not the one from before any more; nothing was changed then */
    private Optional<RecoverDnsOutcome> carryOut(
            RecoverDnsRequest request, RecoverDnsPlan approved, Timeline timeline, DnsNotices notices) {
        RecoverDnsPlan latest = plan(request, "plan again, now that nobody else can change anything");
        if (!latest.plan().digest().equals(approved.plan().digest())) {
            return Optional.empty();
        }
        long since = Workflow.currentTimeMillis();
        RecoverDnsRun run = new RecoverDnsRun(latest, request.pace(), timeline);
        try {
            run.switchRecords();
            List<String> problems = run.verify();
            Duration took = Duration.ofMillis(Workflow.currentTimeMillis() - since);
            List<String> undelivered = timeline.during(
                    DnsSteps.NOTIFY, () -> Announcer.announceBriefly(notices.switched(latest.moves(), problems, took)));
            return Optional.of(new RecoverDnsOutcome.Switched(
                    Workflow.getInfo().getWorkflowId(),
                    latest.moves(),
                    problems,
                    latest.plan().digest(),
                    took,
                    undelivered));
        } finally {
            standing = run.standing();
        }
    }

    private static RecoverDnsPlan plan(RecoverDnsRequest request, String summary) {
        return DnsStubs.planning(summary).planDns(request);
    }

    private static Optional<PlanApproval> approval(RecoverDnsRequest request, RecoverDnsPlan plan, DnsNotices notices) {
        return plan.environment()
                .map(environment -> new PlanApproval(
                        "recover",
                        notices.subject(),
                        environment,
                        request.requester(),
                        plan.requester(),
                        plan.plan(),
                        plan.policy()));
    }

    private static RecoverDnsOutcome notApproved(
            RecoverDnsPlan plan, Closing closing, String reason, DnsNotices notices) {
        return new RecoverDnsOutcome.NotApproved(
                closing.view().state(),
                reason,
                plan.plan().digest(),
                Announcer.announceBriefly(notices.notApproved(closing, reason)));
    }

    static String reason(TemporalFailure failed) {
        return Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
    }
}
