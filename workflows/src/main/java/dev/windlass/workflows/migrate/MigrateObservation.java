package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What looking at the database, the migrations and the backups found.
 *
 * @param backupAge the newest proven set must not be older when the migration begins
 * @param rehearse the step of the rehearsal; none when nothing is pending
 * @param newest the newest proven set that holds the database
 * @param policy none where the environment migrates without asking
 * @param shown for the reader only
 * @param serving the app on top of the database; empty when nothing does
 * @param followed empty when the environment follows no other one, or nothing is pending
 * @param later pending as well, and left for a run of their own
 * @param wayBack what is done when it fails
 */
public record MigrateObservation(
        DatabaseName database,
        Duration backupAge,
        MigrationState state,
        List<LintFinding> findings,
        Optional<Step> rehearse,
        Optional<ProvenSet> newest,
        Optional<ApprovalPolicy> policy,
        Optional<PersonName> requester,
        SortedMap<String, String> shown,
        Optional<RunningApp> serving,
        Optional<Followed> followed,
        List<Migration> later,
        WayBack wayBack) {
    /** Runs that were begun before any could be left for later leave none, and restore nothing. */
    public MigrateObservation {
        findings = List.copyOf(findings);
        shown = Sorted.copyOf(shown);
        later = List.copyOf(Objects.requireNonNullElse(later, List.of()));
        wayBack = Objects.requireNonNullElse(wayBack, WayBack.DOWN);
    }

    /**
     * The environment that is migrated first.
     *
     * @param schema of its database, as in {@link MigrationState#schema}
     */
    public record Followed(EnvironmentName environment, String schema) {}

    public record ProvenSet(SetId set, Instant snapshotAt, Manifest manifest) {}
}
