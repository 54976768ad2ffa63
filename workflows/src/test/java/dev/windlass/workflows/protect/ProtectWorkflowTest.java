package dev.windlass.workflows.protect;

import static dev.windlass.workflows.protect.FakeProtection.FULL;
import static dev.windlass.workflows.protect.FakeProtection.MAIN;
import static dev.windlass.workflows.protect.ProtectSteps.BACKUP;
import static dev.windlass.workflows.protect.ProtectSteps.CHECK;
import static dev.windlass.workflows.protect.ProtectSteps.CONFIGURE;
import static dev.windlass.workflows.protect.ProtectSteps.EXPIRE;
import static dev.windlass.workflows.protect.ProtectSteps.INSPECT;
import static dev.windlass.workflows.protect.ProtectSteps.NOTIFY;
import static dev.windlass.workflows.protect.ProtectSteps.RESTART;
import static dev.windlass.workflows.protect.ProtectSteps.SETTINGS;
import static dev.windlass.workflows.protect.ProtectSteps.STANZA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.ProtectionFinding.Kind;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectWorkflowTest {
    private static final StepId[] ALL = {CONFIGURE, STANZA, SETTINGS, RESTART, CHECK, BACKUP, INSPECT, NOTIFY};
    private static final ProtectionFinding LAG = new ProtectionFinding(Kind.LAG, "3 WAL segments wait");
    private static final ProtectionFinding OLD = new ProtectionFinding(Kind.BACKUP_OLD, "the newest backup is old");
    private static final ProtectionFinding AWAY = new ProtectionFinding(Kind.REPOSITORY_UNREACHABLE, "it is away");

    private final FakeProtection fake = new FakeProtection();
    private TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(options(false));

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void setsUpInTheOrderOfThePageAndTellsOnce() {
        start(FakeProtection.plan(Optional.empty(), ALL), List.of(List.of()));

        assertThat(protect()).isInstanceOf(ProtectOutcome.Protected.class);
        assertThat(fake.done)
                .containsExactly("configure", "stanza", "settings", "restart", "check", "backup", "inspect");
        assertThat(fake.told).hasSize(1).first().asString().startsWith("GOOD cluster main is protected continuously");
    }

    @Test
    void doesNothingWhereThereIsNothingToDo() {
        start(FakeProtection.plan(Optional.empty()), List.of(List.of()));

        assertThat(protect()).isEqualTo(new ProtectOutcome.AlreadyProtected(MAIN));
        assertThat(fake.done).isEmpty();
        assertThat(fake.told).isEmpty();
    }

    @Test
    void endsBeforeTheRestartThatNobodyAccepted() {
        start(
                FakeProtection.plan(Optional.of("systemctl restart x"), CONFIGURE, STANZA, SETTINGS, NOTIFY),
                List.of(List.of()));

        assertThat(protect())
                .isInstanceOfSatisfying(
                        ProtectOutcome.WaitsForRestart.class,
                        waits -> assertThat(waits.command()).isEqualTo("systemctl restart x"));
        assertThat(fake.done).containsExactly("configure", "stanza", "settings");
        assertThat(fake.told).containsExactly("BAD cluster main is NOT protected before PostgreSQL was restarted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"configure", "stanza", "settings", "restart", "check", "backup"})
    void undoesWhatItHasBegunTheLastFirst(String failing) {
        fake.failing = Optional.of(StepId.of(failing));
        start(FakeProtection.plan(Optional.empty(), ALL), List.of(List.of()));

        assertThatThrownBy(this::protect).hasStackTraceContaining("the bucket refuses us");
        assertThat(fake.done.stream().filter(step -> step.startsWith("undo")).toList())
                .isEqualTo(
                        fake.done.contains("settings")
                                ? List.of("undo settings", "undo configure")
                                : List.of("undo configure"));
        assertThat(fake.told)
                .containsExactly("BAD setting up the protection of cluster main failed: the bucket refuses us");
    }

    @Test
    void removesWhatIsSuperfluousOnlyAfterTheBackupIsComplete() {
        start(FakeProtection.plan(Optional.empty(), BACKUP, EXPIRE, INSPECT), List.of(List.of()));

        PhysicalBackupOutcome made = stub(PhysicalBackupWorkflow.class, "backup")
                .run(new PhysicalBackupRequest(MAIN, BackupKind.FULL, "test"));

        assertThat(made.backup()).isEqualTo(FULL);
        assertThat(fake.done).containsExactly("backup", "expire", "inspect");
        assertThat(fake.told).isEmpty();
    }

    @Test
    void tellsOnceWhenItBeginsAndOnceWhenItIsOver() {
        temporal.close();
        temporal = TestWorkflowEnvironment.newInstance(options(true));
        FakeProtection.Planning planning = start(
                FakeProtection.plan(Optional.empty()),
                List.of(
                        List.of(),
                        List.of(LAG),
                        List.of(LAG),
                        List.of(LAG, OLD),
                        List.of(AWAY),
                        List.of(OLD),
                        List.of(),
                        List.of()));

        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                ProtectionWatchWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId("watch")
                                        .setCronSchedule("*/5 * * * *")
                                        .build())::run,
                new WatchRequest(MAIN));
        temporal.sleep(Duration.ofMinutes(50));

        assertThat(planning.left()).isEqualTo(1);
        assertThat(fake.told)
                .containsExactly(
                        "BAD cluster main: 3 WAL segments wait",
                        "BAD cluster main: the newest backup is old",
                        "BAD cluster main: it is away",
                        "GOOD cluster main, over: 3 WAL segments wait",
                        "GOOD cluster main, over: it is away",
                        "GOOD cluster main, over: the newest backup is old");
    }

    @Test
    void failsAndTellsWhenATableOrAnIndexIsDamaged() {
        fake.failing = Optional.of(ProtectSteps.STRUCTURE);
        start(FakeProtection.plan(Optional.empty()), List.of(List.of())).leftOut.push(List.of());

        assertThatThrownBy(
                        () -> stub(StructureCheckWorkflow.class, "check").run(new StructureCheckRequest(MAIN, "test")))
                .hasStackTraceContaining("an index is damaged");
        assertThat(fake.done).containsExactly("structure");
        assertThat(fake.told)
                .containsExactly("BAD check of tables and indexes of cluster main failed: an index is damaged");
    }

    @Test
    void tellsOnceOfADatabaseThatNobodyCanLookInto() {
        temporal.close();
        temporal = TestWorkflowEnvironment.newInstance(options(true));
        FakeProtection.Planning planning = start(FakeProtection.plan(Optional.empty()), List.of(List.of()));
        planning.leftOut.addAll(List.of(List.of("crm"), List.of("crm"), List.of("blog", "crm"), List.of("blog")));

        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                StructureCheckWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId("weekly")
                                        .setCronSchedule("0 4 * * 6")
                                        .build())::run,
                new StructureCheckRequest(MAIN, "schedule"));
        temporal.sleep(Duration.ofDays(28));

        assertThat(planning.leftOut).isEmpty();
        assertThat(fake.told)
                .containsExactly(
                        "BAD cluster main: tables and indexes of crm are not checked: no extension amcheck",
                        "BAD cluster main: tables and indexes of blog are not checked: no extension amcheck");
    }

    private FakeProtection.Planning start(ProtectPlan plan, List<List<ProtectionFinding>> looks) {
        FakeProtection.Planning planning = new FakeProtection.Planning(plan, looks);
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                ProtectWorkflowImpl.class,
                PhysicalBackupWorkflowImpl.class,
                ProtectionWatchWorkflowImpl.class,
                StructureCheckWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(fake);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(planning);
        temporal.start();
        return planning;
    }

    private ProtectOutcome protect() {
        return stub(ProtectWorkflow.class, "protect")
                .run(new ProtectRequest(MAIN, new TreeSet<>(), new Requester("test", Optional.empty())));
    }

    private <W> W stub(Class<W> workflow, String id) {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        workflow,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RUNS)
                                .setWorkflowId(id)
                                .build());
    }

    /** @param skips where nothing holds a lock: time that is skipped passes the patience of who waits for one */
    private static TestEnvironmentOptions options(boolean skips) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(skips)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("worker@test")
                        .build());
        RunAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(
                        attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return options.build();
    }
}
