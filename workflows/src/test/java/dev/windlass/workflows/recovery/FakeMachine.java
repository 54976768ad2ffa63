package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.recovery.TargetSeen.Earlier;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Stream;

/** The bucket, the link and the target of a recovery; it writes down what it is told, and fails where a test says so. */
final class FakeMachine {
    static final SetId NEWEST = new SetId("20261129T030000Z-1f3a09bc");
    static final SetId BEFORE = new SetId("20261128T030000Z-77aa09bc");
    private static final ArchiveName UPLOADS = new ArchiveName("uploads");
    private static final DatabaseName SHOP = new DatabaseName("shop");

    static final Instant LAST = Instant.parse("2026-11-29T13:59:58Z");
    private static final LostCluster LOST = new LostCluster(
            new ClusterName("main"),
            "main",
            15,
            "/etc/windlass/passphrase",
            List.of(new LostCluster.LostDatabase(SHOP, "shop")),
            LAST.plusSeconds(30),
            Optional.empty());

    private final List<String> done = new ArrayList<>();
    volatile String failing = "";
    volatile FailureType why = FailureType.PRECONDITION;
    volatile boolean isForeseen = true;
    volatile List<SetId> damaged = List.of();
    volatile int differences;
    /** Whether the bucket has the cluster's physical backup. */
    volatile boolean isProtected;
    /** Whether an app served behind nginx. */
    volatile boolean hasApp;

    volatile Optional<Claim.Ending> ending = Optional.empty();
    /** Where a test wants the target to be slow. */
    volatile CountDownLatch gate = new CountDownLatch(0);

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    private void perform(String what) {
        synchronized (this) {
            done.add(what);
        }
        if (what.equals(failing)) {
            throw isForeseen ? failure(why, what + " is broken") : unforeseen(what);
        }
    }

    /** As a bug would be, after the last attempt. */
    private static RuntimeException unforeseen(String what) {
        return ApplicationFailure.newNonRetryableFailure(
                "nobody thought of " + what, "java.lang.IllegalStateException");
    }

    private static RuntimeException failure(FailureType type, String fact) {
        return new Failure(type, fact, "repair it", "recover-vps.md#damaged").asException();
    }

    static Manifest manifest(SetId set) {
        return new Manifest(
                Manifest.FORMAT,
                set,
                Instant.parse("2026-11-29T03:02:00Z"),
                "backup",
                new PlanDigest("v1:" + "0".repeat(64)),
                List.of(new DatabaseSummary(SHOP, "15.18", Instant.parse("2026-11-29T03:00:00Z"), 4, 100, 1000)),
                List.of(new ArchiveSummary(
                        UPLOADS, List.of("/srv/uploads"), Instant.parse("2026-11-29T03:01:00Z"), 3, 30, 0)),
                List.of(),
                List.of(),
                List.of());
    }

    static final LostApp SHOP_PROD = new LostApp(
            new AppName("shop"),
            new EnvironmentName("prod"),
            new Release(new Version("v7"), "sha256:" + "0".repeat(64)));

    private Stream<StepId> apps() {
        return hasApp
                ? Stream.of(
                                Stream.of(RecoverVpsSteps.NGINX),
                                RecoverVpsSteps.of(SHOP_PROD).stream(),
                                Stream.of(RecoverVpsSteps.TEMPORAL, RecoverVpsSteps.WINDLASS, RecoverVpsSteps.WORKER))
                        .flatMap(Function.identity())
                : Stream.empty();
    }

    private Plan plan(SetId set, StepId... databases) {
        Stream<StepId> before = Stream.of(
                RecoverVpsSteps.CLAIM,
                RecoverVpsSteps.REACH,
                RecoverVpsSteps.KIT,
                RecoverVpsSteps.SECRETS,
                RecoverVpsSteps.LINK,
                RecoverVpsSteps.LOOK,
                RecoverVpsSteps.FETCH,
                RecoverVpsSteps.PACKAGES,
                RecoverVpsSteps.files(UPLOADS),
                RecoverVpsSteps.SERVER);
        Stream<StepId> after = Stream.of(
                        Stream.of(RecoverVpsSteps.database(SHOP), RecoverVpsSteps.OPEN),
                        apps(),
                        Stream.of(RecoverVpsSteps.CLOSE))
                .flatMap(Function.identity());
        return Plan.of(
                "recover-vps",
                Sorted.of("set", set.value()),
                Sorted.of(),
                Sorted.of(),
                Stream.of(before, Stream.of(databases), after)
                        .flatMap(Function.identity())
                        .map(FakeMachine::step)
                        .toList());
    }

    private static Step step(StepId id) {
        return Step.of(id, "Do " + id, List.of());
    }

    final class Lead implements VpsSetActivities, VpsClaimActivities, VpsLinkActivities {
        @Override
        public SetsSeen look(RecoverVpsRequest request) {
            perform("sets");
            return new SetsSeen(List.of(NEWEST, BEFORE), List.of("a set is left out"));
        }

        @Override
        public RecoverVpsPlan plan(RecoverVpsPlanOrder order) {
            boolean fromCluster = isProtected && order.from() == DatabasesFrom.CLUSTER_FIRST;
            perform("plan " + order.set() + (fromCluster ? " with its cluster" : ""));
            return new RecoverVpsPlan(
                    fromCluster
                            ? FakeMachine.this.plan(order.set(), RecoverVpsSteps.REPOSITORY, RecoverVpsSteps.CLUSTER)
                            : FakeMachine.this.plan(order.set(), RecoverVpsSteps.roles(SHOP)),
                    manifest(order.set()),
                    List.of(
                            new LeftToDo(LeftToDo.APPS, List.of()),
                            new LeftToDo("the names", List.of("windlass recover dns 198.51.100.7"))),
                    fromCluster ? Optional.of(LOST) : Optional.empty(),
                    List.of(),
                    hasApp ? List.of(SHOP_PROD) : List.of());
        }

        @Override
        public Claim claim(ClaimOrder order) {
            perform("claim");
            return new Claim(Claim.FORMAT, 1, "run", "ana", "gone", "target", Instant.EPOCH);
        }

        @Override
        public void require(Claim claim) {
            perform("require claim");
        }

        @Override
        public void over(Claim claim) {
            ending = claim.ending();
            perform("over");
        }

        @Override
        public String reach(LinkOrder order) {
            perform("reach");
            return "Debian";
        }

        @Override
        public long sendKit(LinkOrder order) {
            perform("kit");
            return 1;
        }

        @Override
        public void putSecrets(LinkOrder order) {
            perform("secrets");
        }

        @Override
        public void hold(LinkOrder order) {
            perform("hold");
            try {
                while (true) {
                    Activity.getExecutionContext().heartbeat("");
                    Thread.sleep(20);
                }
            } catch (ActivityCompletionException cancelled) {
                perform("let go");
                throw cancelled;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stopping);
            }
        }

        @Override
        public void close(LinkOrder order) {
            perform("close");
        }
    }

    final class Target implements VpsPlaceActivities, VpsServerActivities, VpsAppActivities {
        @Override
        public void startNginx(PlaceOrder order) {
            perform("nginx");
        }

        @Override
        public void installWindlass(PlaceOrder order) {
            perform("windlass");
        }

        @Override
        public void startWorker(PlaceOrder order) {
            perform("worker");
        }

        @Override
        public String carryOut(AppOrder order) {
            perform(order.place().step().id().value());
            return "done";
        }

        @Override
        public void arrive() {
            perform("arrive");
        }

        @Override
        public TargetSeen look(PlaceOrder order) {
            perform("look");
            return new TargetSeen("Debian", 1, Earlier.NONE);
        }

        @Override
        public FetchedSet fetch(PlaceOrder order) {
            perform("fetch " + order.manifest().set());
            if (damaged.contains(order.manifest().set())) {
                throw failure(
                        FailureType.ARTEFACT_DAMAGED, "set " + order.manifest().set() + " is damaged");
            }
            return new FetchedSet(1, 1, 0);
        }

        @Override
        public void install(PlaceOrder order) {
            try {
                gate.await();
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
            perform("packages");
        }

        @Override
        public List<LeftToDo> readApps(PlaceOrder order) {
            perform("apps");
            return List.of(new LeftToDo("app shop of prod: v7 served", List.of("windlass deploy shop prod v7")));
        }

        @Override
        public PlacedFiles place(PlaceOrder order) {
            perform(order.step().id().value());
            return new PlacedFiles(
                    new ArchiveProof(UPLOADS, 3, 30, 0, 0, List.of(), Duration.ofSeconds(1)),
                    List.of("/srv/uploads was there already"));
        }

        @Override
        public void make(PlaceOrder order) {
            perform("server");
        }

        @Override
        public List<String> restoreRoles(PlaceOrder order) {
            perform(order.step().id().value());
            return List.of();
        }

        @Override
        public DatabaseProof restoreDatabase(PlaceOrder order) {
            perform(order.step().id().value());
            return new DatabaseProof(
                    SHOP,
                    4,
                    100,
                    differences,
                    differences == 0 ? List.of() : List.of(new Difference("table orders", "3 rows", "2 rows")),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1));
        }

        @Override
        public RepositorySeen lookIntoRepository(PlaceOrder order) {
            perform("repository of " + order.lost().stanza());
            return new RepositorySeen("20261129-010000F", Instant.EPOCH, 1000);
        }

        @Override
        public ReplayedCluster replay(PlaceOrder order) {
            perform("cluster");
            return new ReplayedCluster(
                    "20261129-010000F",
                    Optional.of(LAST),
                    Duration.ofSeconds(7),
                    Duration.ofSeconds(3),
                    List.of("a backup was passed over"));
        }

        @Override
        public ReadDatabase readDatabase(PlaceOrder order) {
            perform("read " + order.step().id().subject());
            return new ReadDatabase(SHOP, 4, 120, List.of("a table is gone"));
        }

        @Override
        public void open(PlaceOrder order) {
            perform("open");
        }

        @Override
        public void placeRedis(PlaceOrder order) {
            perform(order.step().id().value());
        }
    }

    Optional<String> firstOf(String start) {
        return done().stream().filter(what -> what.startsWith(start)).findFirst();
    }
}
