package dev.windlass.workflows.approvals;

import dev.windlass.workflows.audit.AuditActivities;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.audit.AuditEvent.Kind;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a question writes into the audit log, in its order, without letting anybody wait for the disk. */
final class QuestionTrail {
    private static final Duration AFTER_A_REFUSAL = Duration.ofMinutes(1);

    private final Question question;
    private final AuditActivities log = QuestionStubs.audit();
    private final Deque<AuditEvent> unwritten = new ArrayDeque<>();
    private boolean isWriting;
    private int entries;

    QuestionTrail(Question question) {
        this.question = question;
    }

    void asked() {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("policy", question.policy().words());
        details.put("subject", question.subject());
        add(Kind.ASKED, asker(), "asked: " + question.kind(), details);
    }

    void answered(Decision decision, Answer answer) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("verdict", decision.verdict().name());
        details.put("door", decision.evidence() instanceof Evidence.SlackClick ? "slack" : "cli");
        decision.reason().ifPresent(reason -> details.put("reason", reason));
        switch (answer) {
            case Answer.Accepted accepted -> {
                details.put("missing", String.valueOf(accepted.missing()));
                add(Kind.DECIDED, accepted.person().value(), "answered: " + accepted.verdict(), details);
            }
            case Answer.Refused refused -> {
                details.put("refusal", refused.refusal().name());
                details.put("detail", refused.detail());
                add(
                        Kind.REFUSED,
                        speaker(decision.evidence()),
                        "answer refused: " + refused.refusal().words(),
                        details);
            }
        }
    }

    /** An answer whose evidence could not be looked at. */
    void notChecked(Decision decision, String why) {
        SortedMap<String, String> details = new TreeMap<>();
        details.put("verdict", decision.verdict().name());
        details.put("detail", why);
        add(Kind.REFUSED, speaker(decision.evidence()), "answer refused: it could not be checked", details);
    }

    void ended(QuestionState state) {
        add(Kind.DECIDED, "windlass", "the question ended: " + state, new TreeMap<>());
    }

    boolean isWritten() {
        return unwritten.isEmpty();
    }

    private void add(Kind kind, String actor, String what, SortedMap<String, String> details) {
        details.put("approval", question.id().value());
        details.put("digest", question.digest().value());
        entries++;
        unwritten.add(new AuditEvent(
                question.id().workflowId() + "/" + Workflow.getInfo().getRunId() + "/" + entries,
                kind,
                question.workflowId(),
                question.runId(),
                actor,
                what,
                details));
        if (!isWriting) {
            isWriting = true;
            // Cancelling the run does not keep it out of the log.
            Workflow.newDetachedCancellationScope(() -> Async.procedure(this::write))
                    .run();
        }
    }

    private void write() {
        while (!unwritten.isEmpty()) {
            try {
                log.record(unwritten.getFirst());
                unwritten.removeFirst();
            } catch (ActivityFailure refused) {
                // A broken chain is mended by a person; until then the question waits, and its failed activity says
                // why.
                Workflow.sleep(AFTER_A_REFUSAL);
            }
        }
        isWriting = false;
    }

    private String asker() {
        return question.requester().map(Object::toString).orElse("windlass");
    }

    private static String speaker(Evidence evidence) {
        return switch (evidence) {
            case Evidence.SshSignature ssh -> "unproven: " + ssh.person();
            case Evidence.SlackClick click -> "unproven: slack user " + click.user();
        };
    }
}
