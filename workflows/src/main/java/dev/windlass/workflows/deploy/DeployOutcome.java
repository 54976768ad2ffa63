package dev.windlass.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a deploy ended when nothing is broken: every one of them leaves a healthy version serving. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeployOutcome.Deployed.class, name = "deployed"),
    @JsonSubTypes.Type(value = DeployOutcome.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = DeployOutcome.NotApproved.class, name = "not-approved"),
    @JsonSubTypes.Type(value = DeployOutcome.AlreadyServing.class, name = "already-serving")
})
public sealed interface DeployOutcome {
    record Deployed(
            Release release, Optional<Release> before, PlanDigest digest, Duration took, List<String> undelivered)
            implements DeployOutcome {
        public Deployed {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** @param reason why the new version was not kept */
    record RolledBack(
            Release refused,
            Optional<Release> serving,
            String reason,
            PlanDigest digest,
            Duration took,
            List<String> undelivered)
            implements DeployOutcome {
        public RolledBack {
            undelivered = List.copyOf(undelivered);
        }
    }

    record NotApproved(Release release, QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements DeployOutcome {
        /** Runs that ended before 0.1.0 was released say nothing of who was told. */
        public NotApproved {
            undelivered = Objects.requireNonNullElse(undelivered, List.of());
        }
    }

    record AlreadyServing(Release release) implements DeployOutcome {}
}
