package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.approvals.PlanApproval;
import dev.windlass.workflows.kernel.Timeline;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.notify.Announcer;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a deploy waits for and how it ends, with the news of it; whether it migrates or not. */
final class DeployEnding {
    private final DeployRequest request;
    private final DeployNotices notices;

    DeployEnding(DeployRequest request) {
        WorkflowInfo info = Workflow.getInfo();
        this.request = request;
        this.notices = new DeployNotices(request, info.getWorkflowId(), info.getRunId());
    }

    DeployNotices notices() {
        return notices;
    }

    /** @param verb what the run does, for the subject of the question: {@code deploy} */
    Optional<Closing> waitForApproval(String verb, DeployPlan plan, Timeline timeline) {
        return approval(verb, plan).waitFor(timeline, (person, reason) -> notices.glassBroken(plan, person, reason));
    }

    private PlanApproval approval(String verb, DeployPlan plan) {
        return new PlanApproval(
                "deploy",
                verb + " " + request.app() + " " + request.environment() + " " + request.version(),
                request.environment(),
                request.requester(),
                plan.requester(),
                plan.plan(),
                plan.policy());
    }

    DeployOutcome notApproved(String verb, DeployPlan plan, Closing closing) {
        String reason = approval(verb, plan).whyNot(closing);
        List<String> undelivered = Announcer.announceBriefly(notices.notApproved(plan, closing, reason));
        return new DeployOutcome.NotApproved(
                plan.release(), closing.view().state(), reason, plan.plan().digest(), undelivered);
    }

    DeployOutcome deployed(DeployPlan plan, Timeline timeline, Duration took, SchemaChange schema) {
        List<String> undelivered = timeline.during(
                DeploySteps.NOTIFY, () -> Announcer.announceBriefly(notices.deployed(plan, took, schema)));
        return new DeployOutcome.Deployed(
                plan.release(), plan.before(), plan.plan().digest(), took, undelivered, schema);
    }

    DeployOutcome rolledBack(DeployPlan plan, String reason, Duration took, SchemaChange schema) {
        List<String> undelivered = Announcer.announceBriefly(notices.rolledBack(plan, reason, took, schema));
        return new DeployOutcome.RolledBack(
                plan.release(), plan.before(), reason, plan.plan().digest(), took, undelivered, schema);
    }

    /** For the audit log. */
    static String words(DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Deployed deployed ->
                "deployed " + deployed.release().version() + also(deployed.schema());
            case DeployOutcome.RolledBack back -> "rolled back: " + back.reason() + also(back.schema());
            case DeployOutcome.NotApproved not -> "not approved: " + not.reason();
            case DeployOutcome.AlreadyServing same ->
                "already serving " + same.release().version();
            case DeployOutcome.NotMigrated not -> "not deployed: " + MigrateOutcome.words(not.migration());
        };
    }

    private static String also(SchemaChange schema) {
        return schema.words().stream().map(line -> "; " + line).reduce("", String::concat);
    }
}
