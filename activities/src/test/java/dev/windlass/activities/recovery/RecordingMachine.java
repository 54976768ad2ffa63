package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.runbooks.deploy.DeployPageSample;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.runbooks.deploy.ProcessObservation;
import dev.windlass.runbooks.recovery.AppOfSet;
import dev.windlass.runbooks.recovery.AppsOfSet;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.WindlassOfSet;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RedisSummary;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.AppOrder;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.ClaimOrder;
import dev.windlass.workflows.recovery.FetchedSet;
import dev.windlass.workflows.recovery.LeftToDo;
import dev.windlass.workflows.recovery.LinkOrder;
import dev.windlass.workflows.recovery.LostApp;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.PlaceOrder;
import dev.windlass.workflows.recovery.PlacedFiles;
import dev.windlass.workflows.recovery.ReadDatabase;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsPlanOrder;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import dev.windlass.workflows.recovery.SetsSeen;
import dev.windlass.workflows.recovery.TargetSeen;
import dev.windlass.workflows.recovery.VpsAppActivities;
import dev.windlass.workflows.recovery.VpsClaimActivities;
import dev.windlass.workflows.recovery.VpsLinkActivities;
import dev.windlass.workflows.recovery.VpsPlaceActivities;
import dev.windlass.workflows.recovery.VpsServerActivities;
import dev.windlass.workflows.recovery.VpsSetActivities;
import io.temporal.activity.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes down the effects of the steps that it is handed, does none of them, and fails where it is told to. */
final class RecordingMachine {
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final ArchiveName UPLOADS = new ArchiveName("uploads");
    private static final RedisName QUEUES = new RedisName("queues");
    private static final Instant AT = Instant.parse("2026-11-29T03:00:00Z");
    private static final StepId NOTHING = StepId.of("nothing");

    static final Manifest MANIFEST = new Manifest(
            Manifest.FORMAT,
            new SetId("20261129T030000Z-1f3a09bc"),
            AT,
            "backup",
            new PlanDigest("v1:" + "0".repeat(64)),
            List.of(new DatabaseSummary(SHOP, "15.18", AT, 4, 100, 1000)),
            List.of(new ArchiveSummary(
                    UPLOADS, List.of("/srv/uploads", "/etc/nginx", "/srv/artefacts/shop"), AT, 3, 30, 0)),
            List.of(new RedisSummary(QUEUES, "7.0.15", AT, 3, 30)),
            Stream.of(Artefact.Kind.values())
                    .map(kind -> new Artefact(kind, subject(kind), "sets/of/" + kind, 1, 1, "0".repeat(64)))
                    .toList(),
            List.of());
    /** The databases come from the set; and from the cluster's physical backup. */
    static final RecoverVpsPlan FROM_SET = new PlanOfRecoverVps(
                    RecoveryPlaces.standard(), MANIFEST, Optional.empty(), apps(), Optional.of(windlass()))
            .plan(VpsClaimsTest.request("ana", Claiming.IF_FREE));

    static final RecoverVpsPlan FROM_CLUSTER = new PlanOfRecoverVps(
                    RecoveryPlaces.standard(), MANIFEST, Optional.of(lost()), apps(), Optional.of(windlass()))
            .plan(VpsClaimsTest.request("ana", Claiming.IF_FREE));

    /** By a machine that is thrown away. */
    static final RecoverVpsPlan OF_REHEARSAL = new PlanOfRecoverVps(
                    RecoveryPlaces.standard(), MANIFEST, Optional.empty(), apps(), Optional.of(windlass()))
            .plan(VpsClaimsTest.rehearsal("ana"));

    private final RecordedEffects effects = new RecordedEffects();
    volatile StepId failing = NOTHING;
    volatile RecoverVpsPlan plan = FROM_SET;

    private static WindlassOfSet windlass() {
        return new WindlassOfSet("/etc/windlass/ops.yml", 7233, "default", List.of(new SecretReference("env:R2_KEY")));
    }

    private static AppsOfSet apps() {
        ProcessLayout layout = DeployPageSample.layout();
        Release release = new Release(new Version("v7"), "sha256:" + "0".repeat(64));
        return new AppsOfSet(
                List.of(new AppOfSet(
                        new LostApp(layout.app(), layout.environment(), release),
                        layout,
                        ProcessObservation.Source.ARTEFACT)),
                List.of());
    }

    private static LostCluster lost() {
        return new LostCluster(
                new ClusterName("main"),
                "main",
                15,
                "/etc/windlass/passphrase",
                List.of(new LostCluster.LostDatabase(SHOP, "shop")),
                AT.plusSeconds(60),
                Optional.of(AT.plusSeconds(30)));
    }

    private static String subject(Artefact.Kind kind) {
        return switch (kind) {
            case DUMP, FACTS, GLOBALS -> SHOP.value();
            case FILES, INVENTORY -> UPLOADS.value();
            case REDIS -> QUEUES.value();
        };
    }

    List<Executed> effects() {
        return effects.all();
    }

    private void perform(Step step) {
        if (step.id().equals(failing)) {
            // In the middle of it.
            step.effects().stream().limit(1).forEach(effect -> effects.add(step.id(), effect));
            throw new Failure(FailureType.PRECONDITION, "step " + step.id() + " was told to fail", "ask", "none#none")
                    .asException();
        }
        effects.addAll(step);
    }

    final class Lead implements VpsSetActivities, VpsClaimActivities, VpsLinkActivities {
        @Override
        public SetsSeen look(RecoverVpsRequest request) {
            return new SetsSeen(List.of(MANIFEST.set()), List.of());
        }

        @Override
        public RecoverVpsPlan plan(RecoverVpsPlanOrder order) {
            return plan;
        }

        @Override
        public Claim claim(ClaimOrder order) {
            perform(order.step());
            return new Claim(Claim.FORMAT, 1, "run", "ana", "gone", "target", AT);
        }

        @Override
        public void require(Claim claim) {}

        @Override
        public void over(Claim claim) {
            Step step = plan.plan().steps().getFirst();
            step.undo().forEach(effect -> effects.add(step.id(), effect));
        }

        @Override
        public String reach(LinkOrder order) {
            perform(order.step());
            return "Debian";
        }

        @Override
        public long sendKit(LinkOrder order) {
            perform(order.step());
            return 1;
        }

        @Override
        public void putSecrets(LinkOrder order) {
            perform(order.step());
        }

        @Override
        public void hold(LinkOrder order) {
            perform(order.step());
            while (true) {
                Activity.getExecutionContext().heartbeat("");
                try {
                    Thread.sleep(20);
                } catch (InterruptedException stopping) {
                    throw new IllegalStateException(stopping);
                }
            }
        }

        @Override
        public void close(LinkOrder order) {
            perform(order.step());
        }
    }

    final class Target implements VpsPlaceActivities, VpsServerActivities, VpsAppActivities {
        @Override
        public void startNginx(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public void installWindlass(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public void startWorker(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public String carryOut(AppOrder order) {
            perform(order.place().step());
            return "done";
        }

        @Override
        public void arrive() {
            while (effects.all().stream().noneMatch(done -> done.step().value().equals("link"))) {
                Thread.onSpinWait(); // the link is there before anybody arrives
            }
        }

        @Override
        public TargetSeen look(PlaceOrder order) {
            perform(order.step());
            return new TargetSeen("Debian", 1, TargetSeen.Earlier.NONE);
        }

        @Override
        public FetchedSet fetch(PlaceOrder order) {
            perform(order.step());
            return new FetchedSet(1, 1, 0);
        }

        @Override
        public void install(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public List<LeftToDo> readApps(PlaceOrder order) {
            return List.of();
        }

        @Override
        public PlacedFiles place(PlaceOrder order) {
            perform(order.step());
            return new PlacedFiles(new ArchiveProof(UPLOADS, 3, 30, 0, 0, List.of(), Duration.ofSeconds(1)), List.of());
        }

        @Override
        public void make(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public List<String> restoreRoles(PlaceOrder order) {
            perform(order.step());
            return List.of();
        }

        @Override
        public DatabaseProof restoreDatabase(PlaceOrder order) {
            perform(order.step());
            return new DatabaseProof(SHOP, 4, 100, 0, List.of(), Duration.ofSeconds(1), Duration.ofSeconds(1));
        }

        @Override
        public RepositorySeen lookIntoRepository(PlaceOrder order) {
            perform(order.step());
            return new RepositorySeen("20261129-010000F", AT, 1);
        }

        @Override
        public ReplayedCluster replay(PlaceOrder order) {
            perform(order.step());
            return new ReplayedCluster(
                    "20261129-010000F", Optional.of(AT), Duration.ofSeconds(1), Duration.ofSeconds(1), List.of());
        }

        @Override
        public ReadDatabase readDatabase(PlaceOrder order) {
            perform(order.step());
            return new ReadDatabase(SHOP, 4, 100, List.of());
        }

        @Override
        public void open(PlaceOrder order) {
            perform(order.step());
        }

        @Override
        public void placeRedis(PlaceOrder order) {
            perform(order.step());
        }
    }
}
