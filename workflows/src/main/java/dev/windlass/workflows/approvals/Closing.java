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
}
