package dev.windlass.starter.runs;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import java.util.List;
import java.util.Optional;

/** The questions of one Temporal server. */
public interface Questions {
    /** Those that wait for an answer, oldest first. */
    List<QuestionView> open();

    /** Also after its end, as long as the server keeps it; needs a worker. */
    Optional<QuestionView> view(ApprovalId id);

    /** Tried again under the same id when the answer is lost, so it is one decision. */
    Answer decide(Decision decision, String updateId);

    /** Writes down what was refused on this side. */
    Answer.Refused refuse(String approval, String speaker, Refusal refusal, String detail);
}
