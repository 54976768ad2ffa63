package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionKind;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A deploy, in the order of its page. */
public final class DeployWorkflowImpl implements DeployWorkflow {
    /** A deploy before this one ends within minutes, unless it is parked: then people look at that one first. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    private final WorkflowInfo info = Workflow.getInfo();

    @Override
    public DeployOutcome run(DeployRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.app().value()),
                RunAttributes.ENVIRONMENT.valueSet(request.environment().value()),
                RunAttributes.VERSION.valueSet(request.version().value()));
        Questions.requireFresh(request.requester());
        Audit.started("deploy", request.requester().label(), asked(request));
        try {
            DeployOutcome outcome = deploy(request);
            Audit.ended("deploy", words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            String reason = DeployRun.reason(failed);
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(notices(request).broken(failed, reason));
                        Audit.ended("deploy", "failed: " + reason);
                    })
                    .run();
            throw failed;
        }
    }

    /** Whose signature it really is, is known when the plan is made. */
    private static SortedMap<String, String> asked(DeployRequest request) {
        SortedMap<String, String> asked = new TreeMap<>(request.asked());
        request.requester()
                .signature()
                .ifPresent(
                        signature -> asked.put("signed as", signature.person().value()));
        return asked;
    }

    /** As often as what would run has changed when it is about to: the answer people gave was for something else. */
    private DeployOutcome deploy(DeployRequest request) {
        DeployPlan plan = plan(request, "look at what serves and plan the deploy");
        while (true) {
            if (plan.before().filter(plan.release()::equals).isPresent()) {
                return new DeployOutcome.AlreadyServing(plan.release());
            }
            Timeline timeline = new Timeline(plan.plan());
            Optional<Closing> closing = waitForApproval(request, plan, timeline);
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return notApproved(request, plan, closing.get());
            }
            Attempt attempt = new Attempt(request, plan, timeline);
            Optional<DeployOutcome> outcome = Locks.holding(List.of(lock(request)), PATIENCE, attempt::carryOut);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
            plan = attempt.latest();
        }
    }

    private Optional<Closing> waitForApproval(DeployRequest request, DeployPlan plan, Timeline timeline) {
        return plan.policy().map(policy -> {
            requireKnownRequester(request, plan);
            Question question = new Question(
                    Questions.id("deploy"),
                    QuestionKind.APPROVAL,
                    "deploy",
                    info.getWorkflowId(),
                    info.getRunId(),
                    plan.requester(),
                    request.requester().label(),
                    "deploy " + request.app() + " " + request.environment() + " " + request.version(),
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
    private static void requireKnownRequester(DeployRequest request, DeployPlan plan) {
        if (plan.requester().isEmpty()) {
            throw new Failure(
                            FailureType.PRECONDITION,
                            "environment " + request.environment() + " asks for approvals, and the request of "
                                    + request.requester().label() + " carries no signature",
                            "put your SSH public key into ops.yml under people, then start it again with windlass",
                            "approvals.md#request-signature")
                    .asException();
        }
    }

    private void tellOfBrokenGlass(DeployRequest request, DeployPlan plan, Closing closing) {
        closing.brokenGlass().ifPresent(answer -> {
            Announcer.announceBriefly(notices(request)
                    .glassBroken(plan, answer.person().value(), answer.reason().orElse("")));
            Questions.review(closing);
        });
    }

    private DeployOutcome notApproved(DeployRequest request, DeployPlan plan, Closing closing) {
        String reason = switch (closing.view().state()) {
            case REJECTED -> closing.last().map(DeployWorkflowImpl::rejection).orElse("rejected");
            case EXPIRED ->
                "nobody approved it within " + plan.policy().orElseThrow().words();
            case WAITING, APPROVED, WITHDRAWN, VOID, ANSWERED ->
                "the question ended as " + closing.view().state();
        };
        List<String> undelivered = Announcer.announceBriefly(notices(request).notApproved(plan, closing, reason));
        return new DeployOutcome.NotApproved(
                plan.release(), closing.view().state(), reason, plan.plan().digest(), undelivered);
    }

    private static String rejection(Answer.Accepted answer) {
        return answer.person() + " rejected it"
                + answer.reason().map(words -> ": " + words).orElse("");
    }

    /** What the reader of the question needs to know: what it turned out to be, and what it was when it was asked. */
    private static SortedMap<String, String> facts(DeployPlan plan) {
        SortedMap<String, String> facts = new TreeMap<>(plan.plan().resolved());
        facts.putAll(plan.plan().shown());
        return facts;
    }

    private static DeployPlan plan(DeployRequest request, String summary) {
        return DeployStubs.planning(summary).planDeploy(request);
    }

    private static String lock(DeployRequest request) {
        return "deploy/" + request.app() + "/" + request.environment();
    }

    private DeployNotices notices(DeployRequest request) {
        return new DeployNotices(request, info.getWorkflowId(), info.getRunId());
    }

    private static String words(DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Deployed deployed ->
                "deployed " + deployed.release().version();
            case DeployOutcome.RolledBack back -> "rolled back: " + back.reason();
            case DeployOutcome.NotApproved not -> "not approved: " + not.reason();
            case DeployOutcome.AlreadyServing same ->
                "already serving " + same.release().version();
        };
    }

    /** What happens while the lock is held. */
    private final class Attempt {
        private final DeployRequest request;
        private final DeployPlan approved;
        private final Timeline timeline;
        private DeployPlan latest;

        Attempt(DeployRequest request, DeployPlan approved, Timeline timeline) {
            this.request = request;
            this.approved = approved;
            this.timeline = timeline;
            this.latest = approved;
        }

        DeployPlan latest() {
            return latest;
        }

        /** @return nothing when the plan is not the one from before any more; nothing was changed then */
        Optional<DeployOutcome> carryOut() {
            latest = plan(request, "plan again, now that nobody else can change anything");
            Plan now = latest.plan();
            if (!now.digest().equals(approved.plan().digest())) {
                return Optional.empty();
            }
            DeployRun run = new DeployRun(request, latest, timeline);
            try {
                run.prepare();
                run.startBesideTheOld();
                run.requireHealthy();
                run.switchTraffic();
                run.drainTheOld();
                run.watch();
            } catch (TemporalFailure | DeployRun.NotKeptException stopped) {
                run.goBack();
                if (CancellationScope.current().isCancelRequested()) {
                    throw stopped;
                }
                return Optional.of(rolledBack(run, DeployRun.reason(stopped)));
            }
            run.retireTheOld();
            return Optional.of(deployed(run));
        }

        private DeployOutcome deployed(DeployRun run) {
            Duration took = run.took();
            List<String> undelivered = timeline.during(
                    DeploySteps.NOTIFY,
                    () -> Announcer.announceBriefly(notices(request).deployed(latest, took)));
            return new DeployOutcome.Deployed(
                    latest.release(), latest.before(), latest.plan().digest(), took, undelivered);
        }

        private DeployOutcome rolledBack(DeployRun run, String reason) {
            Duration took = run.took();
            List<String> undelivered =
                    Announcer.announceBriefly(notices(request).rolledBack(latest, reason, took));
            return new DeployOutcome.RolledBack(
                    latest.release(), latest.before(), reason, latest.plan().digest(), took, undelivered);
        }
    }
}
