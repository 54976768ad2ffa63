package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.ApprovalPlanningActivities;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A database with two pending migrations that writes down what it is told, and fails where a test says so. */
final class FakeDatabase implements MigrateActivities {
    static final String OLD = "sha256:" + "1".repeat(64);
    static final String NEW = "sha256:" + "2".repeat(64);
    static final String OTHER = "sha256:" + "3".repeat(64);
    static final SetId SET = new SetId("20261124T030000Z-1f3a09bc");

    private static final SetId LATER = new SetId("20261125T030000Z-1f3a09bc");

    final List<String> done = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    volatile Optional<String> rehearsalProblem = Optional.empty();
    /** Of which migration; the first one stays applied where it is the second. */
    volatile Optional<String> failing = Optional.empty();

    volatile boolean isLeftDifferent;
    /** What an undo leaves. */
    volatile String afterUndo = OLD;

    /** Why the app does not live on what it finds; empty when it does. */
    volatile Optional<String> illness = Optional.empty();

    private volatile String schema = OLD;

    static Migration migration(String name, String digit) {
        return new Migration(
                name,
                "sha256:" + digit.repeat(64),
                Migration.Wrapping.ONE_TRANSACTION,
                "sha256:" + digit.repeat(64),
                Migration.Phase.UNMARKED);
    }

    synchronized void fail(String what, int times) {
        failures.put(what, times);
    }

    synchronized List<String> done() {
        return List.copyOf(done);
    }

    void leave(String left) {
        schema = left;
    }

    private synchronized void perform(String what) {
        done.add(what);
        int left = failures.getOrDefault(what, 0);
        if (left > 0) {
            failures.put(what, left - 1);
            throw new Failure(FailureType.PRECONDITION, what + " is broken", "mend it", "migrate.md#broken")
                    .asException();
        }
    }

    @Override
    public Rehearsal rehearse(RehearseOrder order) {
        perform("rehearse");
        return new Rehearsal(
                order.set().set(),
                rehearsalProblem,
                OLD,
                NEW,
                Duration.ofSeconds(3),
                Optional.of(Duration.ofSeconds(1)),
                List.of());
    }

    @Override
    public ApplyReport apply(MigrateOrder order) {
        if (failing.isPresent()) {
            schema = failing.get().equals("0002_b") ? OTHER : OLD;
        } else {
            schema = isLeftDifferent ? OTHER : NEW;
        }
        perform("apply");
        return failing.<ApplyReport>map(name -> new ApplyReport.Failed(
                        name + ": syntax error", name.equals("0002_b") ? List.of("0001_a") : List.of()))
                .orElseGet(() -> new ApplyReport.Applied(List.of("0001_a", "0002_b")));
    }

    @Override
    public SchemaReport verify(MigrateOrder order) {
        perform("verify");
        return schema.equals(NEW)
                ? new SchemaReport.AsExpected("as rehearsed")
                : new SchemaReport.Different("a column more than rehearsed");
    }

    @Override
    public HealthReport checkHealth(MigrateOrder order) {
        perform("health");
        return illness.<HealthReport>map(HealthReport.Unhealthy::new)
                .orElseGet(() -> new HealthReport.Healthy(
                        "3 good answers at " + order.serving().orElseThrow().address()));
    }

    @Override
    public void undo(MigrateOrder order) {
        perform("undo");
        schema = afterUndo;
    }

    @Override
    public PutBack putBack(MigrateOrder order) {
        perform("put back");
        schema = afterUndo;
        MigrateObservation.ProvenSet from = order.restorePoint().orElseThrow();
        return new PutBack(Optional.of(new PutBack.Restored(
                from.set(),
                Instant.parse("2026-11-25T04:00:00Z"),
                Instant.parse("2026-11-25T04:02:00Z"),
                "shop_broken",
                "open it",
                "drop it")));
    }

    @Override
    public SchemaReport checkUndone(MigrateOrder order) {
        perform("look");
        return schema.equals(OLD)
                ? new SchemaReport.AsExpected("as before")
                : new SchemaReport.Different("a column more than before");
    }

    /** Hands out the pending lists it is given, the last one again and again. */
    static final class Planning implements MigratePlanningActivities, ApprovalPlanningActivities {
        private final List<List<Migration>> pending;
        private final Optional<ApprovalPolicy> policy;
        private final Optional<ApprovalPolicy> resuming;
        private final Duration ageOfTheBackup;
        private final boolean hasUndo;
        /** What planning says instead of an answer. */
        volatile Optional<Failure> refusal = Optional.empty();

        volatile Optional<RunningApp> serving = Optional.empty();

        volatile WayBack wayBack = WayBack.DOWN;

        final List<MigrateObservation.ProvenSet> seenRestorable = new CopyOnWriteArrayList<>();

        Planning(
                Optional<ApprovalPolicy> policy,
                Optional<ApprovalPolicy> resuming,
                Duration ageOfTheBackup,
                boolean hasUndo,
                List<List<Migration>> pending) {
            this.policy = policy;
            this.resuming = resuming;
            this.ageOfTheBackup = ageOfTheBackup;
            this.hasUndo = hasUndo;
            this.pending = new ArrayList<>(pending);
        }

        @Override
        public synchronized MigrateObservation observeMigrations(MigrateRequest request) {
            refusal.ifPresent(failure -> {
                throw failure.asException();
            });
            // Another set: the in-JVM server never tells a run that the second lock under one id was given back.
            SetId set = pending.size() > 1 ? SET : LATER;
            List<Migration> now = pending.size() > 1 ? pending.removeFirst() : pending.getFirst();
            return new MigrateObservation(
                    new DatabaseName("shop"),
                    Duration.ofHours(24),
                    new MigrationState(now, List.of("0000_init"), Optional.empty(), OLD),
                    List.of(),
                    now.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Step.of(MigrateSteps.REHEARSE, "Rehearse on set " + set, List.of())),
                    Optional.of(
                            new MigrateObservation.ProvenSet(set, Instant.now().minus(ageOfTheBackup), manifest(set))),
                    policy,
                    policy.map(asked -> new PersonName("ana")),
                    Sorted.of(),
                    serving,
                    Optional.empty(),
                    List.of(),
                    wayBack);
        }

        @Override
        public boolean isRestorable(MigrateObservation.ProvenSet set) {
            seenRestorable.add(set);
            return true;
        }

        private static Manifest manifest(SetId set) {
            return new Manifest(
                    Manifest.FORMAT,
                    set,
                    Instant.EPOCH,
                    "run",
                    new PlanDigest("v1:" + "a".repeat(64)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }

        @Override
        public MigratePlan planMigrate(MigratePlanOrder order) {
            List<Effect> undo = hasUndo ? List.of(new Effect.Sql(Access.CHANGES, "shop", "DROP COLUMN b")) : List.of();
            Plan plan = Plan.of(
                    "migrate",
                    Sorted.of("app", "shop"),
                    Sorted.of("pending", order.observation().state().pending().toString()),
                    Sorted.of(
                            "age of the backup",
                            order.observation()
                                    .newest()
                                    .orElseThrow()
                                    .snapshotAt()
                                    .toString()),
                    steps(order, undo));
            return new MigratePlan(plan, order.observation(), order.rehearsal());
        }

        private static List<Step> steps(MigratePlanOrder order, List<Effect> undo) {
            List<Step> steps = new ArrayList<>(List.of(
                    Step.of(MigrateSteps.BACKUP, "Have a backup", List.of()),
                    Step.of(
                                    MigrateSteps.APPLY,
                                    "Apply",
                                    List.of(new Effect.Sql(Access.CHANGES, "shop", "ADD COLUMN b")))
                            .withUndo(undo),
                    Step.of(MigrateSteps.VERIFY, "Verify", List.of())));
            order.observation()
                    .serving()
                    .ifPresent(app -> steps.add(Step.of(MigrateSteps.HEALTH, "Ask " + app.address(), List.of())));
            steps.add(Step.of(MigrateSteps.NOTIFY, "Tell", List.of()));
            return steps;
        }

        @Override
        public Optional<ApprovalPolicy> whoMayResume(EnvironmentName environment) {
            return resuming;
        }
    }
}
