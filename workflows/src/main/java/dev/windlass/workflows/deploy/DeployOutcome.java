package dev.windlass.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.migrate.MigrateOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a deploy ended when nothing is broken: every one of them leaves a healthy version serving, but for one that migrated
 * and ended where a person is needed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeployOutcome.Deployed.class, name = "deployed"),
    @JsonSubTypes.Type(value = DeployOutcome.RolledBack.class, name = "rolled-back"),
    @JsonSubTypes.Type(value = DeployOutcome.NotApproved.class, name = "not-approved"),
    @JsonSubTypes.Type(value = DeployOutcome.AlreadyServing.class, name = "already-serving"),
    @JsonSubTypes.Type(value = DeployOutcome.NotMigrated.class, name = "not-migrated")
})
public sealed interface DeployOutcome {
    record Deployed(
            Release release,
            Optional<Release> before,
            PlanDigest digest,
            Duration took,
            List<String> undelivered,
            SchemaChange schema)
            implements DeployOutcome {
        /** Runs from before a deploy could migrate say nothing of a schema. */
        public Deployed {
            undelivered = List.copyOf(undelivered);
            schema = Objects.requireNonNullElseGet(schema, SchemaChange::none);
        }
    }

    /** @param reason why the new version was not kept */
    record RolledBack(
            Release refused,
            Optional<Release> serving,
            String reason,
            PlanDigest digest,
            Duration took,
            List<String> undelivered,
            SchemaChange schema)
            implements DeployOutcome {
        /** As of {@link Deployed}. */
        public RolledBack {
            undelivered = List.copyOf(undelivered);
            schema = Objects.requireNonNullElseGet(schema, SchemaChange::none);
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

    /**
     * The migrations that come first were not kept, so the version was never started.
     *
     * @param migration never one that ended well
     */
    record NotMigrated(Release refused, Optional<Release> serving, MigrateOutcome migration) implements DeployOutcome {}
}
