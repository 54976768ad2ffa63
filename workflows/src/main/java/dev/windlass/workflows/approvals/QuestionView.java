package dev.windlass.workflows.approvals;

import java.time.Instant;
import java.util.List;

/** What a board shows: everything its message needs, at any later time. */
public record QuestionView(
        Question question, QuestionState state, Instant askedAt, Instant expiresAt, List<Answer.Accepted> answers) {
    public QuestionView {
        answers = List.copyOf(answers);
    }
}
