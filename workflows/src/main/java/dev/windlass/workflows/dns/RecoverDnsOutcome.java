package dev.windlass.workflows.dns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;

/** How leading names elsewhere ended when nothing is broken. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecoverDnsOutcome.AlreadyThere.class, name = "already-there"),
    @JsonSubTypes.Type(value = RecoverDnsOutcome.Switched.class, name = "switched"),
    @JsonSubTypes.Type(value = RecoverDnsOutcome.NotApproved.class, name = "not-approved")
})
public sealed interface RecoverDnsOutcome {
    /** Nothing was changed, and nobody was asked. */
    record AlreadyThere(String zone) implements RecoverDnsOutcome {}

    /**
     * @param run what {@code --back} takes
     * @param problems what resolution and requests found; the records stay switched
     */
    record Switched(
            String run,
            List<RecordMove> moves,
            List<String> problems,
            PlanDigest digest,
            Duration took,
            List<String> undelivered)
            implements RecoverDnsOutcome {
        public Switched {
            moves = List.copyOf(moves);
            problems = List.copyOf(problems);
            undelivered = List.copyOf(undelivered);
        }
    }

    /** No record was touched. */
    record NotApproved(QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements RecoverDnsOutcome {
        public NotApproved {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** For the audit log. */
    static String words(RecoverDnsOutcome outcome) {
        return switch (outcome) {
            case AlreadyThere there -> "the records of " + there.zone() + " were so already";
            case Switched switched ->
                String.join(
                                "; ",
                                switched.moves().stream()
                                        .map(move -> move.from().label() + " from " + move.words())
                                        .toList())
                        + (switched.problems().isEmpty()
                                ? ""
                                : "; NOT WELL: " + String.join("; ", switched.problems()));
            case NotApproved not -> "not approved: " + not.reason();
        };
    }
}
