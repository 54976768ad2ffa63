package dev.windlass.workflows.stagingsync;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a sync ended when nothing is broken. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StagingSyncOutcome.Synced.class, name = "synced"),
    @JsonSubTypes.Type(value = StagingSyncOutcome.NotApproved.class, name = "not-approved")
})
public sealed interface StagingSyncOutcome {
    /**
     * @param replaced the name of what was staging until then
     * @param scanned rows that were looked at in the finished copy
     * @param classification by which it was masked
     * @param dropped databases that earlier runs had replaced
     * @param problems what did not go well after staging was replaced
     * @param report what the copy is; empty for runs from before there was one
     * @param rewritten rows that each statement of after_sql has changed
     * @param flushed what staging caches in, where ops.yml names it and it could be emptied
     * @param smoked what was good after the swap, in words; empty where nobody has looked
     * @param of the backup that it is a copy of; empty means production at that time
     */
    record Synced(
            DatabaseName source,
            DatabaseName target,
            MaskedCopyReport copy,
            long scanned,
            String classification,
            String replaced,
            List<String> dropped,
            List<String> problems,
            PlanDigest digest,
            Duration took,
            List<String> undelivered,
            Optional<AnonymizationReport> report,
            List<Long> rewritten,
            Optional<FlushedRedis> flushed,
            Optional<String> smoked,
            Optional<CopiedSet> of)
            implements StagingSyncOutcome {
        public Synced {
            rewritten = List.copyOf(Objects.requireNonNullElse(rewritten, List.of()));
            dropped = List.copyOf(dropped);
            problems = List.copyOf(problems);
            undelivered = List.copyOf(undelivered);
        }
    }

    /** Nothing was copied. */
    record NotApproved(QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements StagingSyncOutcome {
        public NotApproved {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** For the audit log. */
    static String words(StagingSyncOutcome outcome) {
        return switch (outcome) {
            case Synced synced ->
                synced.target() + " is a masked copy of " + synced.source() + ", "
                        + synced.copy().total()
                        + " rows by the classification " + synced.classification() + "; what it was is kept as "
                        + synced.replaced();
            case NotApproved not -> "not approved: " + not.reason();
        };
    }
}
