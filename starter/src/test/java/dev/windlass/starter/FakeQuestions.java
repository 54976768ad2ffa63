package dev.windlass.starter;

import dev.windlass.starter.runs.Questions;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Questions in memory; every answer is accepted unless a refusal is set. */
final class FakeQuestions implements Questions {
    final List<QuestionView> open = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    Optional<Answer.Refused> refusal = Optional.empty();

    @Override
    public List<QuestionView> open() {
        return open;
    }

    @Override
    public Optional<QuestionView> view(ApprovalId id) {
        return open.stream().filter(view -> view.question().id().equals(id)).findFirst();
    }

    @Override
    public Answer decide(Decision decision, String updateId) {
        decisions.add(decision);
        Evidence.SshSignature ssh = (Evidence.SshSignature) decision.evidence();
        return refusal.<Answer>map(refused -> refused)
                .orElseGet(
                        () -> new Answer.Accepted(ssh.person(), decision.verdict(), decision.reason(), Sample.NOW, 0));
    }

    @Override
    public Answer.Refused refuse(String approval, String speaker, Refusal why, String detail) {
        refused.add(approval + " " + why);
        return new Answer.Refused(why, detail);
    }
}
