package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How a door hands an answer to its question, for the command line and Slack alike. It decides nothing: what the question
 * itself cannot refuse any more, because it is over or never was, is refused here and written into the audit log.
 */
public final class Decisions {
    /** A decision that is durable; its answer may take a moment longer. */
    @FunctionalInterface
    public interface Sent {
        Answer answer();
    }

    private final WorkflowClient client;
    private final String door;

    /** @param door {@code cli} or {@code slack}, for the audit log */
    public Decisions(WorkflowClient client, String door) {
        this.client = client;
        this.door = door;
    }

    /**
     * Returns as soon as the decision is durable, or refused.
     *
     * @param updateId the same for the same click or signature, so that a repetition is one decision
     * @throws WorkflowServiceException Temporal cannot be reached: nothing is decided, the person tries again
     */
    public Sent send(Decision decision, String updateId) {
        WorkflowStub question =
                client.newUntypedWorkflowStub(decision.approval().workflowId());
        try {
            WorkflowUpdateHandle<Answer> handle = question.startUpdate(
                    UpdateOptions.newBuilder(Answer.class)
                            .setUpdateName("decide")
                            .setUpdateId(updateId)
                            .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                            .build(),
                    decision);
            return () -> answerOf(handle, decision, updateId);
        } catch (WorkflowUpdateException refused) {
            Answer answer = refusedByQuestion(refused, decision, updateId);
            return () -> answer;
        } catch (WorkflowNotFoundException over) {
            Answer answer = refusedAsOver(decision, updateId);
            return () -> answer;
        }
    }

    public Answer decide(Decision decision, String updateId) {
        return send(decision, updateId).answer();
    }

    /** The question as it stands, also for a while after its end. */
    public Optional<QuestionView> view(ApprovalId approval) {
        try {
            return Optional.of(
                    client.newUntypedWorkflowStub(approval.workflowId()).query("view", QuestionView.class));
        } catch (WorkflowNotFoundException | WorkflowQueryException none) {
            return Optional.empty();
        }
    }

    /**
     * Writes down what the door itself refuses.
     *
     * @param approval as it was written; need not be an id
     * @param reference as in {@link RefusedAnswer}
     */
    public Answer.Refused refuse(String approval, String speaker, Refusal refusal, String detail, String reference) {
        RefusedAnswer refused = new RefusedAnswer(door, approval, speaker, refusal, detail, reference);
        String id = "refused/" + door + "/" + shortHash(approval + "\n" + refusal + "\n" + reference);
        RefusalWorkflow recorder = client.newWorkflowStub(
                RefusalWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setTaskQueue(TaskQueues.RUNS)
                        .setWorkflowId(id)
                        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                        .build());
        try {
            WorkflowClient.start(recorder::record, refused);
        } catch (WorkflowExecutionAlreadyStarted writtenBefore) {
            return new Answer.Refused(refusal, detail);
        }
        return new Answer.Refused(refusal, detail);
    }

    private Answer answerOf(WorkflowUpdateHandle<Answer> handle, Decision decision, String updateId) {
        try {
            return handle.getResult();
        } catch (WorkflowUpdateException refused) {
            return refusedByQuestion(refused, decision, updateId);
        } catch (WorkflowNotFoundException over) {
            // It ended between the arrival and the check, for example because the run was terminated.
            return refusedAsOver(decision, updateId);
        }
    }

    private Answer refusedByQuestion(WorkflowUpdateException refused, Decision decision, String updateId) {
        if (Failure.in(refused).isPresent()) {
            // The check itself broke (ops.yml is broken, ssh-keygen is missing): that is no answer.
            throw refused;
        }
        Refusal why = refused.getCause() instanceof ApplicationFailure failure
                ? Refusals.of(failure).orElse(Refusal.MALFORMED)
                : Refusal.MALFORMED;
        return refuse(decision.approval().value(), speaker(decision), why, Failure.messageOf(refused), updateId);
    }

    private Answer refusedAsOver(Decision decision, String updateId) {
        Optional<QuestionView> view = view(decision.approval());
        Refusal why = view.map(QuestionView::state).map(Refusals::of).orElse(Refusal.UNKNOWN_APPROVAL);
        return refuse(
                decision.approval().value(),
                speaker(decision),
                why,
                view.map(over -> "the question is " + over.state()).orElse("no question has this id"),
                updateId);
    }

    private static String speaker(Decision decision) {
        return switch (decision.evidence()) {
            case Evidence.SshSignature ssh -> ssh.person().value();
            case Evidence.SlackClick click -> "slack user " + click.user();
        };
    }

    private static String shortHash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
