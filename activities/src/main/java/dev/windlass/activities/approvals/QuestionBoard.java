package dev.windlass.activities.approvals;

import dev.windlass.workflows.approvals.Posting;
import dev.windlass.workflows.approvals.QuestionView;
import java.util.Optional;

/** A place where people see questions and can answer them. */
public interface QuestionBoard {
    /** As {@link Posting#board}. */
    String name();

    /**
     * Shows the question, or rewrites it where it stands. Safe to run twice: it looks for the question's id first.
     *
     * @param posting where it stands already
     * @return where it stands now; empty when it cannot be shown for good
     * @throws RuntimeException when the board cannot be reached now; the others are shown all the same, and it is tried again
     */
    Optional<Posting> show(QuestionView view, Optional<Posting> posting);
}
