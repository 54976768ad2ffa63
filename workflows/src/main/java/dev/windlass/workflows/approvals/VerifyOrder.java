package dev.windlass.workflows.approvals;

import java.util.List;

/** @param postings where the question was shown when the answer came: a click must come from there */
public record VerifyOrder(Question question, List<Posting> postings, Decision decision) {
    public VerifyOrder {
        postings = List.copyOf(postings);
    }
}
