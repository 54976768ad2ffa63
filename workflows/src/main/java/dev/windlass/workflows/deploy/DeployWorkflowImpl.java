package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.Questions;
import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A deploy, in the order of its page. */
public final class DeployWorkflowImpl implements DeployWorkflow {
    /** A deploy before this one ends within minutes, unless it is parked: then people look at that one first. */
    private static final Duration PATIENCE = Duration.ofHours(2);

    @Override
    public DeployOutcome run(DeployRequest request) {
        Workflow.upsertTypedSearchAttributes(
                RunAttributes.APP.valueSet(request.app().value()),
                RunAttributes.ENVIRONMENT.valueSet(request.environment().value()),
                RunAttributes.VERSION.valueSet(request.version().value()));
        Questions.requireFresh(request.requester());
        Audit.started("deploy", request.requester().label(), request.requester().asking(request.asked()));
        DeployEnding ending = new DeployEnding(request);
        try {
            DeployOutcome outcome = switch (request.migrating()) {
                case LEFT_ALONE -> deploy(request, ending);
                case FIRST -> new MigratingDeploy(request, ending).carryOut();
            };
            Audit.ended("deploy", DeployEnding.words(outcome));
            return outcome;
        } catch (TemporalFailure failed) {
            String reason = DeployRun.reason(failed);
            Workflow.newDetachedCancellationScope(() -> {
                        Announcer.announceBriefly(ending.notices().broken(failed, reason));
                        Audit.ended("deploy", "failed: " + reason);
                    })
                    .run();
            throw failed;
        }
    }

    /** As often as what would run has changed when it is about to: the answer people gave was for something else. */
    private static DeployOutcome deploy(DeployRequest request, DeployEnding ending) {
        DeployPlan plan = plan(request, "look at what serves and plan the deploy");
        while (true) {
            if (plan.before().filter(plan.release()::equals).isPresent()) {
                return new DeployOutcome.AlreadyServing(plan.release());
            }
            Timeline timeline = new Timeline(plan.plan());
            Optional<Closing> closing = ending.waitForApproval("deploy", plan, timeline);
            if (closing.filter(ended -> !ended.isApproved()).isPresent()) {
                return ending.notApproved("deploy", plan, closing.get());
            }
            Attempt attempt = new Attempt(request, plan, timeline, ending);
            Optional<DeployOutcome> outcome =
                    Locks.holding(List.of(DeployRun.lock(request)), PATIENCE, attempt::carryOut);
            if (outcome.isPresent()) {
                return outcome.get();
            }
            closing.ifPresent(Questions::rewriteAsVoid);
            plan = attempt.latest();
        }
    }

    private static DeployPlan plan(DeployRequest request, String summary) {
        return DeployStubs.planning(summary).planDeploy(request);
    }

    /** What happens while the lock is held. */
    private static final class Attempt {
        private final DeployRequest request;
        private final DeployPlan approved;
        private final Timeline timeline;
        private final DeployEnding ending;
        private DeployPlan latest;

        Attempt(DeployRequest request, DeployPlan approved, Timeline timeline, DeployEnding ending) {
            this.request = request;
            this.approved = approved;
            this.timeline = timeline;
            this.ending = ending;
            this.latest = approved;
        }

        DeployPlan latest() {
            return latest;
        }

        /** @return nothing when the plan is not the one from before any more; nothing was changed then */
        Optional<DeployOutcome> carryOut() {
            latest = plan(request, "plan again, now that nobody else can change anything");
            if (!latest.plan().digest().equals(approved.plan().digest())) {
                return Optional.empty();
            }
            DeployRun run = new DeployRun(request, latest, timeline);
            try {
                run.prepare();
                run.bringIntoService();
            } catch (TemporalFailure | DeployRun.NotKeptException stopped) {
                run.goBack();
                if (CancellationScope.current().isCancelRequested()) {
                    throw stopped;
                }
                return Optional.of(
                        ending.rolledBack(latest, DeployRun.reason(stopped), run.took(), SchemaChange.none()));
            }
            run.retireTheOld();
            return Optional.of(ending.deployed(latest, timeline, run.took(), SchemaChange.none()));
        }
    }
}
