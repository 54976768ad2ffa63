package dev.windlass.runbooks.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.runbooks.protect.ClusterObservation.File;
import dev.windlass.runbooks.protect.ClusterObservation.Repository;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.ProtectPlan;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What protecting a cluster does: only what is not there yet. */
public final class PlanOfProtect {
    private final Operations operations;
    private final Cluster cluster;
    private final ProtectCommands commands;

    /** @param runAs the cluster's owner where the worker is root */
    public PlanOfProtect(Operations operations, Cluster cluster, Optional<String> runAs) {
        this.operations = operations;
        this.cluster = cluster;
        this.commands = commands(operations, cluster, runAs);
    }

    /** @param runAs the cluster's owner where the worker is root */
    public static ProtectCommands commands(Operations operations, Cluster cluster, Optional<String> runAs) {
        return new ProtectCommands(
                cluster,
                new BackRestFile(
                        cluster, operations.database(cluster.database()), (S3Store) operations.store(cluster.store())),
                runAs);
    }

    public ProtectPlan plan(ProtectRequest request, ClusterObservation seen, Optional<PersonName> requester) {
        Optional<ApprovalPolicy> policy = cluster.environment().flatMap(operations::approvalPolicy);
        boolean restarts = !seen.isArchiving() && request.accepted().contains(ProtectRequest.RESTART);
        boolean waits = !seen.isArchiving() && !restarts;
        List<Step> steps = steps(seen, restarts, waits);
        Plan plan = Plan.of("protect", request.asked(), resolved(seen, policy, waits), Sorted.of(), steps);
        return new ProtectPlan(
                plan,
                waits ? Optional.of(commands.restartByHand(seen.tools())) : Optional.empty(),
                cluster.environment(),
                policy,
                requester);
    }

    private List<Step> steps(ClusterObservation seen, boolean restarts, boolean waits) {
        List<Step> steps = new ArrayList<>();
        if (seen.file() != File.RIGHT) {
            steps.add(configure(seen));
        }
        if (seen.repository() == Repository.UNKNOWN || seen.repository() == Repository.NO_STANZA) {
            steps.add(stanza());
        }
        if (!isSet(seen)) {
            steps.add(settings(seen, restarts));
        }
        if (restarts) {
            steps.add(restart());
        }
        boolean isWhole = seen.isArchiving() && seen.repository() == Repository.HAS_BACKUP && steps.isEmpty();
        if (!isWhole && !waits) {
            steps.add(check());
        }
        if (seen.repository() != Repository.HAS_BACKUP && !waits) {
            steps.add(backup(BackupKind.FULL));
            steps.add(inspect());
        }
        // While the restart is awaited a run has always something to say, if nothing to do.
        if (!steps.isEmpty() || waits) {
            steps.add(NotificationSteps.tell(ProtectSteps.NOTIFY, operations.notifications(), "Tell the team")
                    .orElseGet(() -> Step.of(ProtectSteps.NOTIFY, "Tell nobody: ops.yml names no channel", List.of())));
        }
        return steps;
    }

    private Step configure(ClusterObservation seen) {
        return Step.of(
                        ProtectSteps.CONFIGURE,
                        "Write pgBackRest's configuration to " + cluster.configuration(),
                        commands.writeFile(seen.file()))
                .withUndo(commands.takeFileBack(seen.file()))
                .withSlots("run");
    }

    private Step stanza() {
        return Step.of(
                ProtectSteps.STANZA,
                "Create stanza " + cluster.stanza() + " in store " + cluster.store() + ", unless it is there",
                List.of(commands.createStanza()));
    }

    private Step settings(ClusterObservation seen, boolean restarts) {
        return Step.of(
                        ProtectSteps.SETTINGS,
                        "Let PostgreSQL archive through pgBackRest, within "
                                + Quantities.time(cluster.archiveTimeout()),
                        commands.set())
                .withPrecondition("the settings are those of the plan: " + words(seen))
                .withUndo(commands.putBack(seen.altered(), restarts));
    }

    private Step restart() {
        return Step.of(
                        ProtectSteps.RESTART,
                        "Restart PostgreSQL, which ends every session: archive_mode is off",
                        List.of(commands.restart()))
                .withPrecondition("archive_mode is still off in the running server");
    }

    private Step check() {
        return Step.of(
                        ProtectSteps.CHECK,
                        "See that a WAL segment reaches the repository",
                        List.of(commands.check(), commands.forgetEarlierFile()))
                .withSlots("run");
    }

    private Step backup(BackupKind kind) {
        return Step.of(
                ProtectSteps.BACKUP,
                "Make a " + kind.words() + " backup of cluster " + cluster.name(),
                List.of(commands.backUp(kind)));
    }

    private Step inspect() {
        return Step.of(
                ProtectSteps.INSPECT,
                "See that the backup is complete and has no page whose checksum does not fit",
                List.of(commands.info()));
    }

    /** The plan of a scheduled backup. */
    public Plan backup(PhysicalBackupRequest request) {
        List<Effect> expire = List.of(commands.expire());
        TreeMap<String, String> asked = new TreeMap<>();
        asked.put("cluster", request.cluster().value());
        asked.put("kind", request.kind().words());
        return Plan.of(
                "physical backup",
                asked,
                Sorted.of("configuration", ConfigurationDigest.of(cluster)),
                Sorted.of(),
                List.of(
                        backup(request.kind()),
                        Step.of(
                                        ProtectSteps.EXPIRE,
                                        "Remove what " + cluster.keepFulls() + " full backups make superfluous",
                                        expire)
                                .withPrecondition("the new backup is complete, and was for a second or more"),
                        inspect()));
    }

    private boolean isSet(ClusterObservation seen) {
        return seen.configured(ProtectCommands.ARCHIVE_COMMAND)
                        .filter(commands.archiveCommand()::equals)
                        .isPresent()
                && seen.configured(ProtectCommands.ARCHIVE_TIMEOUT)
                        .filter(value -> value.equals(cluster.archiveTimeout().toSeconds() + "s"))
                        .isPresent()
                && seen.configured(ProtectCommands.ARCHIVE_MODE)
                        .filter(value -> value.equals("on") || value.equals("always"))
                        .isPresent();
    }

    private static String words(ClusterObservation seen) {
        return seen.configured().isEmpty()
                ? "PostgreSQL's own"
                : seen.configured().toString();
    }

    private SortedMap<String, String> resolved(
            ClusterObservation seen, Optional<ApprovalPolicy> policy, boolean waits) {
        TreeMap<String, String> words = new TreeMap<>();
        words.put("server", seen.server());
        words.put("pgbackrest", seen.pgbackrest());
        words.put("data directory", cluster.dataDirectory());
        words.put("store", cluster.store().value());
        words.put("settings before", words(seen));
        words.put(
                "restart",
                seen.isArchiving()
                        ? "none needed"
                        : waits
                                ? "archive_mode is off, so PostgreSQL has to be restarted; nobody accepted that, so the run"
                                        + " ends before it: " + commands.restartByHand(seen.tools())
                                : "archive_mode is off; the request accepts that PostgreSQL is restarted");
        words.put("when it fails", "the settings from before are put back");
        words.put("approval", policy.map(ApprovalPolicy::words).orElse("none asked for"));
        words.put("configuration", ConfigurationDigest.of(cluster));
        return words;
    }
}
