package dev.windlass.starter.runs;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowServiceException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@link Questions} of a real server. */
final class TemporalQuestions implements Questions {
    private static final int ATTEMPTS = 3;
    private static final String OPEN = "WorkflowType = 'Question' AND ExecutionStatus = 'Running'";
    private static final String PREFIX = "approval/";

    private final WorkflowClient client;
    private final RpcErrors errors;
    private final Decisions decisions;

    TemporalQuestions(WorkflowClient client, RpcErrors errors) {
        this.client = client;
        this.errors = errors;
        this.decisions = new Decisions(client, "cli");
    }

    @Override
    public List<QuestionView> open() {
        return errors.translating(() -> client
                .listExecutions(OPEN)
                .map(found -> found.getExecution().getWorkflowId())
                .filter(id -> id.startsWith(PREFIX))
                .map(id -> new ApprovalId(id.substring(PREFIX.length())))
                .toList()
                .stream()
                .flatMap(id -> decisions.view(id).stream())
                .sorted(Comparator.comparing(QuestionView::askedAt))
                .toList());
    }

    @Override
    public Optional<QuestionView> view(ApprovalId id) {
        return errors.translating(() -> decisions.view(id));
    }

    @Override
    public Answer decide(Decision decision, String updateId) {
        return errors.translating(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return decisions.decide(decision, updateId);
                } catch (WorkflowServiceException lost) {
                    if (attempt == ATTEMPTS) {
                        throw lost;
                    }
                }
            }
        });
    }

    @Override
    public Answer.Refused refuse(String approval, String speaker, Refusal refusal, String detail) {
        return errors.translating(
                () -> decisions.refuse(approval, speaker, refusal, detail, speaker + " " + refusal + " " + detail));
    }
}
