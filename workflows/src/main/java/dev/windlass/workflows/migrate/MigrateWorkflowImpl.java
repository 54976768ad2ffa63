package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A migration, in the order of its page. */
public final class MigrateWorkflowImpl implements MigrateWorkflow {
    /** Whoever changes the app or the database before this run ends within hours, unless it is parked. */
    private static final Duration PATIENCE = Duration.ofHours(4);

    private final WorkflowInfo info = Workflow.getInfo();

    @Override
    public MigrateOutcome run(MigrateRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.app().value()),
                RunAttributes.ENVIRONMENT.valueSet(request.environment().value()));
        Questions.requireFresh(request.requester());
        Audit.started("migrate", request.requester().label(), asked(request));
        try {
            MigrateOutcome outcome = migrate(request);
            Audit.ended("migrate", MigrateNotices.words(outcome));
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

    /** Whose signature it really is, is known when the plan is made. */
    private static SortedMap<String, String> asked(MigrateRequest request) {
        SortedMap<String, String> asked = new TreeMap<>(request.asked());
        request.requester()
                .signature()
                .ifPresent(
                        signature -> asked.put("signed as", signature.person().value()));
        return asked;
    }

    /** As often as what would run has changed when it is about to: rehearsal and approval were for something else. */
    private MigrateOutcome migrate(MigrateRequest request) {
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
            Optional<Closing> closing = waitForApproval(request, plan, timeline);
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
    private Optional<MigrateOutcome> carryOut(MigrateRequest request, MigratePlan approved, Timeline timeline) {
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

    private Optional<Closing> waitForApproval(MigrateRequest request, MigratePlan plan, Timeline timeline) {
        return plan.observation().policy().map(policy -> {
            requireKnownRequester(request, plan);
            Question question = new Question(
                    Questions.id("migrate"),
                    QuestionKind.APPROVAL,
                    "migrate",
                    info.getWorkflowId(),
                    info.getRunId(),
                    plan.observation().requester(),
                    request.requester().label(),
                    "migrate " + request.app() + " " + request.environment() + ": " + MigrateNotices.names(plan),
                    plan.plan().digest(),
                    facts(plan),
                    plan.plan().steps().stream().map(Step::title).toList(),
                    policy);
            timeline.waitFor("waiting for approval by " + policy.words()
                    + ": press Approve in Slack, or `windlass approve " + question.id() + "`");
            Closing closing = Questions.ask(question);
            timeline.goOn();
            tellOfBrokenGlass(request, plan, closing);
            return closing;
        });
    }

    /** Nobody may approve their own request, so it must be known whose it is. */
    private static void requireKnownRequester(MigrateRequest request, MigratePlan plan) {
        if (plan.observation().requester().isEmpty()) {
            throw new Failure(
                            FailureType.PRECONDITION,
                            "environment " + request.environment() + " asks for approvals, and the request of "
                                    + request.requester().label() + " carries no signature",
                            "put your SSH public key into ops.yml under people, then start it again with windlass",
                            "approvals.md#request-signature")
                    .asException();
        }
    }

    private void tellOfBrokenGlass(MigrateRequest request, MigratePlan plan, Closing closing) {
        closing.brokenGlass().ifPresent(answer -> {
            Announcer.announceBriefly(notices(request)
                    .glassBroken(plan, answer.person().value(), answer.reason().orElse("")));
            Questions.review(closing);
        });
    }

    private MigrateOutcome notApproved(MigrateRequest request, MigratePlan plan, Closing closing) {
        String reason = switch (closing.view().state()) {
            case REJECTED -> closing.last().map(MigrateWorkflowImpl::rejection).orElse("rejected");
            case EXPIRED ->
                "nobody approved it within "
                        + plan.observation().policy().orElseThrow().words();
            case WAITING, APPROVED, WITHDRAWN, VOID, ANSWERED ->
                "the question ended as " + closing.view().state();
        };
        Announcer.announceBriefly(notices(request).notApproved(plan, closing, reason));
        return new MigrateOutcome.NotApproved(
                MigrateNotices.pending(plan),
                closing.view().state(),
                reason,
                plan.plan().digest());
    }

    private static String rejection(Answer.Accepted answer) {
        return answer.person() + " rejected it"
                + answer.reason().map(words -> ": " + words).orElse("");
    }

    /** What the reader of the question needs to know: what it turned out to be, and what it was when it was asked. */
    private static SortedMap<String, String> facts(MigratePlan plan) {
        SortedMap<String, String> facts = new TreeMap<>(plan.plan().resolved());
        facts.putAll(plan.plan().shown());
        return facts;
    }

    private MigrateNotices notices(MigrateRequest request) {
        return new MigrateNotices(request, info.getWorkflowId(), info.getRunId());
    }
}
