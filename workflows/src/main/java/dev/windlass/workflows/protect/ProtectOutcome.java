package dev.windlass.workflows.protect;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;

/** How setting up a protection ended when nothing is broken. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProtectOutcome.AlreadyProtected.class, name = "already-protected"),
    @JsonSubTypes.Type(value = ProtectOutcome.Protected.class, name = "protected"),
    @JsonSubTypes.Type(value = ProtectOutcome.WaitsForRestart.class, name = "waits-for-restart"),
    @JsonSubTypes.Type(value = ProtectOutcome.NotApproved.class, name = "not-approved")
})
public sealed interface ProtectOutcome {
    /** Nothing was changed. */
    record AlreadyProtected(ClusterName cluster) implements ProtectOutcome {}

    record Protected(ClusterName cluster, PlanDigest digest, Duration took, List<String> undelivered)
            implements ProtectOutcome {
        public Protected {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** Everything is set, and nothing is archived before the server was restarted. @param command exactly what to type */
    record WaitsForRestart(ClusterName cluster, String command, PlanDigest digest, List<String> undelivered)
            implements ProtectOutcome {
        public WaitsForRestart {
            undelivered = List.copyOf(undelivered);
        }
    }

    record NotApproved(
            ClusterName cluster, QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements ProtectOutcome {
        public NotApproved {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** For the audit log. */
    static String words(ProtectOutcome outcome) {
        return switch (outcome) {
            case AlreadyProtected already -> "it was protected already";
            case Protected done -> "protected";
            case WaitsForRestart waits -> "it waits for a restart of the server: " + waits.command();
            case NotApproved not -> "not approved: " + not.reason();
        };
    }
}
