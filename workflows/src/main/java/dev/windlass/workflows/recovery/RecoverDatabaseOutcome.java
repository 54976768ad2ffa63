package dev.windlass.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a recovery ended when nothing is broken. Each has the comparison, whose report stays on the worker's host.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RecoverDatabaseOutcome.NothingMissing.class, name = "nothing-missing"),
    @JsonSubTypes.Type(value = RecoverDatabaseOutcome.RowsBack.class, name = "rows-back"),
    @JsonSubTypes.Type(value = RecoverDatabaseOutcome.Swapped.class, name = "swapped"),
    @JsonSubTypes.Type(value = RecoverDatabaseOutcome.NotApproved.class, name = "not-approved"),
    @JsonSubTypes.Type(value = RecoverDatabaseOutcome.KeptChanging.class, name = "kept-changing")
})
public sealed interface RecoverDatabaseOutcome {
    TwoCompared compared();

    /** Nobody was asked. */
    record NothingMissing(TwoCompared compared, Duration took) implements RecoverDatabaseOutcome {}

    /** @param smoke queries of ops.yml that are not true afterwards, a line each */
    record RowsBack(
            TwoCompared compared,
            List<BroughtBack> tables,
            List<String> smoke,
            PlanDigest digest,
            Duration took,
            List<String> undelivered)
            implements RecoverDatabaseOutcome {
        public RowsBack {
            tables = List.copyOf(tables);
            smoke = List.copyOf(smoke);
            undelivered = List.copyOf(undelivered);
        }
    }

    record Swapped(
            TwoCompared compared,
            SwapReport.Swapped names,
            List<String> smoke,
            PlanDigest digest,
            Duration took,
            List<String> undelivered)
            implements RecoverDatabaseOutcome {
        public Swapped {
            smoke = List.copyOf(smoke);
            undelivered = List.copyOf(undelivered);
        }
    }

    /** The live database was not touched; the copy is gone. */
    record NotApproved(
            TwoCompared compared, QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements RecoverDatabaseOutcome {
        public NotApproved {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** Each time that the names were to change, somebody had written since the comparison. As NotApproved otherwise. */
    record KeptChanging(TwoCompared compared, int tries, List<String> undelivered) implements RecoverDatabaseOutcome {
        public KeptChanging {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** For the audit log. */
    static String words(RecoverDatabaseOutcome outcome) {
        String report = "; report " + outcome.compared().report() + ", sha256 "
                + outcome.compared().sha256();
        return switch (outcome) {
                    case NothingMissing nothing -> "nothing is missing";
                    case RowsBack back ->
                        back.tables().stream().map(BroughtBack::words).collect(Collectors.joining("; "));
                    case Swapped swapped -> "swapped: " + swapped.names().words();
                    case NotApproved not -> "not approved: " + not.reason();
                    case KeptChanging changing ->
                        "not swapped: the live database had changed each of " + changing.tries() + " times";
                }
                + report;
    }
}
