package dev.windlass.workflows.approvals;

import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What people are asked.
 *
 * @param runbook and the run that waits for the answer
 * @param requester never among those who decide; empty when a schedule asks
 * @param subject one line: {@code deploy shop prod 3f2c1ab}
 * @param facts name and value, sorted: image digest, git SHA, migrations, backup age
 * @param steps the titles of the plan's steps
 */
public record Question(
        ApprovalId id,
        QuestionKind kind,
        String runbook,
        String workflowId,
        String runId,
        Optional<PersonName> requester,
        String requesterLabel,
        String subject,
        PlanDigest digest,
        SortedMap<String, String> facts,
        List<String> steps,
        ApprovalPolicy policy) {
    public Question {
        facts = Sorted.copyOf(facts);
        steps = List.copyOf(steps);
        if (subject.contains("\n") || subject.length() > 200) {
            throw new IllegalArgumentException("the subject of a question is one line of at most 200 characters");
        }
    }
}
