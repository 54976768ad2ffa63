package dev.windlass.workflows.migrate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How a migration ended when nothing is broken. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MigrateOutcome.NothingPending.class, name = "nothing-pending"),
    @JsonSubTypes.Type(value = MigrateOutcome.Migrated.class, name = "migrated"),
    @JsonSubTypes.Type(value = MigrateOutcome.RehearsalFailed.class, name = "rehearsal-failed"),
    @JsonSubTypes.Type(value = MigrateOutcome.NotApproved.class, name = "not-approved"),
    @JsonSubTypes.Type(value = MigrateOutcome.Undone.class, name = "undone"),
    @JsonSubTypes.Type(value = MigrateOutcome.NeedsHuman.class, name = "needs-human")
})
public sealed interface MigrateOutcome {
    record NothingPending(List<String> applied) implements MigrateOutcome {
        public NothingPending {
            applied = List.copyOf(applied);
        }
    }

    record Migrated(
            List<String> migrations,
            Rehearsal rehearsal,
            String verified,
            PlanDigest digest,
            Duration took,
            List<String> undelivered)
            implements MigrateOutcome {
        public Migrated {
            migrations = List.copyOf(migrations);
            undelivered = List.copyOf(undelivered);
        }

        Migrated told(List<String> notReached) {
            return new Migrated(migrations, rehearsal, verified, digest, took, notReached);
        }
    }

    /** Nobody was asked, and the database was not touched. */
    record RehearsalFailed(Rehearsal rehearsal, List<String> undelivered) implements MigrateOutcome {
        public RehearsalFailed {
            undelivered = List.copyOf(undelivered);
        }
    }

    record NotApproved(
            List<String> pending, QuestionState state, String reason, PlanDigest digest, List<String> undelivered)
            implements MigrateOutcome {
        /** Runs that ended before 0.1.0 was released say nothing of who was told. */
        public NotApproved {
            pending = List.copyOf(pending);
            undelivered = Objects.requireNonNullElse(undelivered, List.of());
        }
    }

    /** The database stands as before, which was looked at. */
    record Undone(String reason, String verified, PlanDigest digest, Duration took, List<String> undelivered)
            implements MigrateOutcome {
        public Undone {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** Neither as before nor as planned, and a person let the run end there. @param known what is known of the state */
    record NeedsHuman(String reason, String known, PlanDigest digest, Duration took, List<String> undelivered)
            implements MigrateOutcome {
        public NeedsHuman {
            undelivered = List.copyOf(undelivered);
        }
    }

    /** For the audit log. */
    static String words(MigrateOutcome outcome) {
        return switch (outcome) {
            case MigrateOutcome.NothingPending nothing -> "nothing was pending";
            case MigrateOutcome.Migrated migrated -> "migrated: " + String.join(", ", migrated.migrations());
            case MigrateOutcome.RehearsalFailed failed ->
                "the rehearsal failed: " + failed.rehearsal().problem().orElse("");
            case MigrateOutcome.NotApproved not -> "not approved: " + not.reason();
            case MigrateOutcome.Undone undone -> "undone: " + undone.reason();
            case MigrateOutcome.NeedsHuman needs -> "needs a human: " + needs.reason() + "; " + needs.known();
        };
    }
}
