package dev.windlass.workflows.approvals;

import java.util.List;
import java.util.Optional;

/** How a question ended. {@link QuestionState#WAITING} never stands here. */
public record Closing(QuestionView view, List<Posting> postings) {
    public Closing {
        postings = List.copyOf(postings);
    }

    public boolean isApproved() {
        return view.state() == QuestionState.APPROVED;
    }

    /** The answer that ended it; none when nobody's did. */
    public Optional<Answer.Accepted> last() {
        return view.answers().isEmpty()
                ? Optional.empty()
                : Optional.of(view.answers().getLast());
    }

    /** The answer that approved alone; none when the glass is whole. */
    public Optional<Answer.Accepted> brokenGlass() {
        return last().filter(answer -> answer.verdict() == Verdict.BREAK_GLASS);
    }
}
