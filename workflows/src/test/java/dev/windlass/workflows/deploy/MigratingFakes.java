package dev.windlass.workflows.deploy;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.MigrateActivities;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigratePlanningActivities;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.RehearseOrder;
import dev.windlass.workflows.migrate.SchemaReport;
import dev.windlass.workflows.migrate.WayBack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database beside the target of {@link DeployFakes}; what is done to it stands in the same list. */
final class MigratingFakes implements MigrateActivities {
    static final Migration ADD = migration("0001_add", "4", Phase.EXPAND);
    static final Migration DROP = migration("0002_drop", "5", Phase.CONTRACT);

    private static final String OLD = "sha256:" + "1".repeat(64);
    private static final String NEW = "sha256:" + "2".repeat(64);
    private static final List<SetId> SETS =
            List.of(new SetId("20261124T030000Z-1f3a09bc"), new SetId("20261125T030000Z-1f3a09bc"));

    private final DeployFakes fakes;
    private final List<List<Migration>> pending;
    volatile Optional<String> rehearsalProblem = Optional.empty();
    volatile Optional<String> failing = Optional.empty();
    /** As planning says it of migrations that nobody marked. */
    volatile boolean isUnmarked;

    volatile WayBack wayBack = WayBack.DOWN;

    private volatile String schema = OLD;

    /** @param pending what each look finds, the last one again and again */
    @SafeVarargs
    MigratingFakes(DeployFakes fakes, List<Migration>... pending) {
        this.fakes = fakes;
        this.pending = new ArrayList<>(List.of(pending));
    }

    static Migration migration(String name, String digit, Phase phase) {
        String sum = "sha256:" + digit.repeat(64);
        return new Migration(name, sum, Migration.Wrapping.ONE_TRANSACTION, sum, phase);
    }

    String schema() {
        return schema;
    }

    @Override
    public Rehearsal rehearse(RehearseOrder order) {
        fakes.perform("rehearse");
        return new Rehearsal(
                order.set().set(), rehearsalProblem, OLD, NEW, Duration.ofSeconds(3), Optional.empty(), List.of());
    }

    @Override
    public ApplyReport apply(MigrateOrder order) {
        schema = NEW;
        fakes.perform("apply");
        return failing.<ApplyReport>map(reason -> new ApplyReport.Failed(reason, List.of()))
                .orElseGet(() -> new ApplyReport.Applied(
                        order.before().pending().stream().map(Migration::name).toList()));
    }

    @Override
    public SchemaReport verify(MigrateOrder order) {
        fakes.perform("verify");
        return new SchemaReport.AsExpected("as rehearsed");
    }

    @Override
    public HealthReport checkHealth(MigrateOrder order) {
        fakes.perform("serving on");
        return new HealthReport.Healthy(order.serving().orElseThrow().version().orElseThrow() + " answers");
    }

    @Override
    public void undo(MigrateOrder order) {
        fakes.perform("undo apply");
        schema = OLD;
    }

    @Override
    public PutBack putBack(MigrateOrder order) {
        fakes.perform("put back " + order.restorePoint().orElseThrow().set());
        schema = OLD;
        return PutBack.withoutRestore();
    }

    @Override
    public SchemaReport checkUndone(MigrateOrder order) {
        fakes.perform("look");
        return schema.equals(OLD)
                ? new SchemaReport.AsExpected("as before")
                : new SchemaReport.Different("a column more than before");
    }

    MigratePlanningActivities looking() {
        return new Looking();
    }

    MigratingDeployPlanningActivities planning(DeployPlanningActivities deploys) {
        return new Planning(deploys);
    }

    final class Looking implements MigratePlanningActivities {
        private int looks;

        @Override
        public synchronized MigrateObservation observeMigrations(MigrateRequest request) {
            if (isUnmarked || request.extent() != MigrateRequest.Extent.EXPAND) {
                throw new Failure(FailureType.PRECONDITION, "nobody says", "mark it", "migrate.md#expand-and-contract")
                        .asException();
            }
            // Another set: the in-JVM server never tells a run that the second lock under one id was given back.
            SetId set = SETS.get(Math.min(looks++, 2) / 2);
            List<Migration> all = pending.size() > 1 ? pending.removeFirst() : pending.getFirst();
            List<Migration> now =
                    all.stream().filter(each -> each.phase() == Phase.EXPAND).toList();
            return new MigrateObservation(
                    new DatabaseName("shop"),
                    Duration.ofHours(24),
                    new MigrationState(now, List.of("0000_init"), Optional.empty(), OLD),
                    List.of(),
                    now.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Step.of(MigrateSteps.REHEARSE, "Rehearse on set " + set, List.of())),
                    Optional.of(new MigrateObservation.ProvenSet(set, Instant.now(), manifest(set))),
                    Optional.empty(),
                    Optional.empty(),
                    Sorted.of(),
                    Optional.of(new RunningApp("http://127.0.0.1:4101", Optional.of("v1"))),
                    Optional.empty(),
                    all.stream().filter(each -> each.phase() == Phase.CONTRACT).toList(),
                    wayBack);
        }

        @Override
        public boolean isRestorable(MigrateObservation.ProvenSet set) {
            return true;
        }

        private Manifest manifest(SetId set) {
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
            throw new UnsupportedOperationException();
        }
    }

    /** Joins as the real one does: the steps of the migration stand behind the first of the deploy. */
    static final class Planning implements MigratingDeployPlanningActivities {
        private final DeployPlanningActivities deploys;

        Planning(DeployPlanningActivities deploys) {
            this.deploys = deploys;
        }

        @Override
        public MigratingDeployPlan planMigratingDeploy(MigratingDeployOrder order) {
            DeployPlan deploy = deploys.planDeploy(order.request());
            List<Step> steps = new ArrayList<>(deploy.plan().steps());
            if (order.rehearsal().isPresent()) {
                steps.addAll(
                        1,
                        List.of(
                                Step.of(MigrateSteps.BACKUP, "Have a backup", List.of()),
                                Step.of(MigrateSteps.APPLY, "Apply", sql("ADD COLUMN b"))
                                        .withUndo(sql("DROP COLUMN b")),
                                Step.of(MigrateSteps.VERIFY, "Verify", List.of()),
                                Step.of(MigrateSteps.HEALTH, "Ask v1", List.of())));
            }
            Plan plan = Plan.of(
                    "deploy",
                    deploy.plan().request(),
                    Sorted.of(
                            "serves now and pending",
                            deploy.plan().resolved() + " "
                                    + order.seen().state().pending() + " "
                                    + order.seen().later()),
                    deploy.plan().shown(),
                    steps);
            return new MigratingDeployPlan(
                    new DeployPlan(
                            plan,
                            deploy.release(),
                            deploy.before(),
                            deploy.policy(),
                            deploy.requester(),
                            Optional.of(order.seen().state().pending().stream()
                                    .map(each -> new AppliedMigration(each.name(), each.checksum()))
                                    .toList())),
                    order.rehearsal().map(rehearsal -> new MigratePlan(plan, order.seen(), rehearsal)),
                    order.seen().later());
        }

        private static List<Effect> sql(String statement) {
            return List.of(new Effect.Sql(Access.CHANGES, "shop", statement));
        }
    }
}
