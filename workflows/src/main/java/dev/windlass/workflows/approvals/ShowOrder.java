package dev.windlass.workflows.approvals;

import java.util.List;

/** @param postings where it is shown already */
public record ShowOrder(QuestionView view, List<Posting> postings) {
    public ShowOrder {
        postings = List.copyOf(postings);
    }
}
