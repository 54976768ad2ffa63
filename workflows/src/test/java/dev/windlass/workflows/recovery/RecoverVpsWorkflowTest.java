package dev.windlass.workflows.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.RecoverVpsPhase.State;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Purpose;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In what order a machine is recovered, and what is given back whatever comes of it. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverVpsWorkflowTest {
    private static final List<String> ON_TARGET = List.of(
            "require claim",
            "packages",
            "files/uploads",
            "apps",
            "server",
            "roles/shop",
            "database/shop",
            "require claim",
            "open");

    private final FakeMachine machine = new FakeMachine();
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build())
                    .build());

    @BeforeEach
    void start() {
        WorkerOptions quick = WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
                .build();
        Worker lead = temporal.newWorker(TaskQueues.RECOVERY_LEAD, quick);
        lead.registerWorkflowImplementationTypes(RecoverVpsWorkflowImpl.class);
        lead.registerActivitiesImplementations(machine.new Lead());
        temporal.newWorker(TaskQueues.RECOVERY_TARGET).registerActivitiesImplementations(machine.new Target());
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    private WorkflowStub begin() {
        return begin(Optional.empty());
    }

    private WorkflowStub begin(Optional<Instant> to) {
        return begin(to, Purpose.RECOVERY);
    }

    private WorkflowStub begin(Optional<Instant> to, Purpose purpose) {
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                RecoverVpsWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RECOVERY_LEAD)
                                        .setWorkflowId(RecoverVpsRequest.WORKFLOW_ID)
                                        .build())::run,
                new RecoverVpsRequest(
                        new TargetMachine("198.51.100.7", 22, "root"),
                        new RecoveryBucket("https://r2.example.com", "auto", "backups", "", Authority.PUBLIC),
                        Optional.empty(),
                        new BrokenGlass("ana", "the disk is gone"),
                        Duration.ofHours(1),
                        Claiming.IF_FREE,
                        DatabasesFrom.CLUSTER_FIRST,
                        to,
                        purpose));
        return temporal.getWorkflowClient().newUntypedWorkflowStub(RecoverVpsRequest.WORKFLOW_ID);
    }

    private RecoverVpsOutcome recover() {
        return begin().getResult(RecoverVpsOutcome.class);
    }

    /** What is done beside: when the link is up is not for the order to say. */
    private List<String> inOrder() {
        return machine.done().stream().filter(what -> !what.equals("hold")).toList();
    }

    @Test
    void recoversInTheOrderOfThePage() {
        RecoverVpsOutcome outcome = recover();

        assertThat(inOrder().subList(0, 8))
                .containsExactly(
                        "sets", "plan " + FakeMachine.NEWEST, "claim", "reach", "kit", "secrets", "arrive", "look");
        assertThat(inOrder().get(8)).isEqualTo("fetch " + FakeMachine.NEWEST);
        assertThat(inOrder().subList(9, 18)).isEqualTo(ON_TARGET);
        assertThat(inOrder().subList(18, inOrder().size())).containsExactly("let go", "close", "over");
        assertThat(outcome.set()).isEqualTo(FakeMachine.NEWEST);
        assertThat(outcome.asOf()).isEqualTo(Instant.parse("2026-11-29T03:00:00Z"));
        assertThat(outcome.notes()).containsExactly("a set is left out", "/srv/uploads was there already");
        assertThat(outcome.left())
                .extracting(LeftToDo::what)
                .containsExactly("app shop of prod: v7 served", "the names");
        assertThat(outcome.phases()).hasSize(14).allSatisfy(phase -> {
            assertThat(phase.state()).isEqualTo(State.DONE);
            assertThat(phase.took()).isPresent();
        });
    }

    @Test
    void aRehearsalSaysInTheBucketThatNothingWasLost() {
        RecoverVpsOutcome outcome = begin(Optional.empty(), Purpose.REHEARSAL).getResult(RecoverVpsOutcome.class);

        assertThat(inOrder().subList(9, 18)).isEqualTo(ON_TARGET);
        assertThat(inOrder()).endsWith("over");
        assertThat(machine.ending).contains(Claim.Ending.REHEARSED);
        assertThat(outcome.left()).extracting(LeftToDo::what).contains("the names");
    }

    @Test
    void aRehearsalThatFailsIsNone() {
        machine.failing = "look";
        machine.why = FailureType.PRECONDITION;

        assertThatThrownBy(() -> begin(Optional.empty(), Purpose.REHEARSAL).getResult(RecoverVpsOutcome.class))
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(machine.ending).contains(Claim.Ending.GIVEN_UP);
    }

    @Test
    void appsServeOnceTheDataIsThereAndAreNotLeftToAPerson() {
        machine.hasApp = true;

        RecoverVpsOutcome outcome = recover();

        assertThat(inOrder())
                .containsSubsequence(
                        "open",
                        "nginx",
                        "needs/shop.prod",
                        "prepare/shop.prod",
                        "start/shop.prod",
                        "health/shop.prod",
                        "switch/shop.prod",
                        "smoke/shop.prod",
                        "kit",
                        "windlass",
                        "worker",
                        "close",
                        "over");
        assertThat(outcome.serving())
                .containsExactly("app shop of prod: v7", "Windlass: Temporal, worker and schedules");
        assertThat(outcome.silent()).isEmpty();
        assertThat(outcome.left()).extracting(LeftToDo::what).containsExactly("the names");
        assertThat(machine.ending).contains(Claim.Ending.RECOVERED);
    }

    @Test
    void anAppThatDoesNotServeIsToldAndTakesNothingBack() {
        machine.hasApp = true;
        machine.failing = "needs/shop.prod";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.serving()).containsExactly("Windlass: Temporal, worker and schedules");
        assertThat(outcome.silent()).containsExactly("app shop of prod: needs/shop.prod is broken; repair it");
        assertThat(outcome.left()).extracting(LeftToDo::what).contains("app shop of prod: v7 served");
        assertThat(inOrder()).doesNotContain("start/shop.prod").endsWith("let go", "close", "over");
        assertThat(machine.ending).contains(Claim.Ending.RECOVERED);
    }

    @Test
    void aWorkerThatDoesNotStartIsToldWhileTheAppsServe() {
        machine.hasApp = true;
        machine.failing = "worker";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.serving()).containsExactly("app shop of prod: v7");
        assertThat(outcome.silent()).containsExactly("Windlass: worker is broken; repair it");
        assertThat(machine.ending).contains(Claim.Ending.RECOVERED);
    }

    @Test
    void withoutNginxNoAppIsStarted() {
        machine.hasApp = true;
        machine.failing = "nginx";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.silent())
                .containsExactly(
                        "nginx is broken; repair it",
                        "app shop of prod: it was not started, for nginx does not run; then: windlass deploy shop prod v7");
        assertThat(inOrder()).doesNotContain("needs/shop.prod");
    }

    @Test
    void aRecoveryThatFailsLeavesTheBucketToTheLostMachine() {
        machine.failing = "server";

        assertThatThrownBy(this::recover).isInstanceOf(WorkflowFailedException.class);
        assertThat(machine.ending).contains(Claim.Ending.GIVEN_UP);
    }

    @Test
    void aDamagedSetIsSaidAndTheOneBeforeIsTaken() {
        machine.damaged = List.of(FakeMachine.NEWEST);

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.set()).isEqualTo(FakeMachine.BEFORE);
        assertThat(outcome.notes()).contains("set " + FakeMachine.NEWEST + " is damaged; the set before it is taken");
        assertThat(inOrder())
                .containsSubsequence(
                        "fetch " + FakeMachine.NEWEST,
                        "plan " + FakeMachine.BEFORE,
                        "look",
                        "fetch " + FakeMachine.BEFORE);
        assertThat(inOrder().stream().filter("packages"::equals)).hasSize(1);
    }

    @Test
    void whereEverySetIsDamagedItFails() {
        machine.damaged = List.of(FakeMachine.NEWEST, FakeMachine.BEFORE);

        assertThatThrownBy(this::recover)
                .isInstanceOf(WorkflowFailedException.class)
                .satisfies(failed -> assertThat(Failure.in(failed).orElseThrow().fact())
                        .isEqualTo("set " + FakeMachine.BEFORE + " is damaged"));
        assertThat(inOrder()).doesNotContain("packages").endsWith("let go", "close", "over");
    }

    @Test
    void aWrongIdentityIsSaidBeforeAnythingIsTouched() {
        machine.failing = "plan " + FakeMachine.NEWEST;
        machine.why = FailureType.WRONG_IDENTITY;

        assertThatThrownBy(this::recover).isInstanceOf(WorkflowFailedException.class);
        assertThat(inOrder()).containsExactly("sets", "plan " + FakeMachine.NEWEST);
    }

    @Test
    void whoIsRefusedTheBucketTouchesNothingAndEndsNobodysClaim() {
        machine.failing = "claim";

        assertThatThrownBy(this::recover).isInstanceOf(WorkflowFailedException.class);
        assertThat(inOrder()).endsWith("claim").doesNotContain("over", "reach");
    }

    @Test
    void aStepThatFailsForGoodGivesAllBack() {
        machine.failing = "server";

        assertThatThrownBy(this::recover).isInstanceOf(WorkflowFailedException.class);
        assertThat(inOrder()).endsWith("server", "let go", "close", "over").doesNotContain("open");
    }

    @Test
    void aLinkThatIsGivenUpEndsTheRun() {
        machine.failing = "hold";
        machine.why = FailureType.TARGET_UNAVAILABLE;
        machine.gate = new CountDownLatch(1);
        assertThatThrownBy(this::recover)
                .isInstanceOf(WorkflowFailedException.class)
                .satisfies(failed ->
                        assertThat(Failure.in(failed).orElseThrow().fact()).isEqualTo("hold is broken"));
        machine.gate.countDown();
        assertThat(machine.done()).contains("close", "over").doesNotContain("open");
    }

    @Test
    void theClusterComesByPgBackRestWhereTheBucketHasIt() {
        machine.isProtected = true;

        RecoverVpsOutcome outcome = recover();

        assertThat(inOrder())
                .containsSubsequence(
                        "files/uploads",
                        "server",
                        "repository of main",
                        "cluster",
                        "read shop",
                        "require claim",
                        "open")
                .doesNotContain("roles/shop", "database/shop");
        assertThat(outcome.databases()).isEmpty();
        assertThat(outcome.cluster().orElseThrow().replayed().last()).contains(FakeMachine.LAST);
        assertThat(outcome.notes()).endsWith("a backup was passed over", "database shop: a table is gone");
        assertThat(outcome.phases())
                .allSatisfy(phase -> assertThat(phase.state()).isEqualTo(State.DONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository of main", "cluster"})
    void whereThatFailsTheDatabasesComeFromTheSetAndItIsSaid(String step) {
        machine.isProtected = true;
        machine.failing = step;
        machine.why = FailureType.WRONG_IDENTITY;

        RecoverVpsOutcome outcome = recover();

        assertThat(inOrder())
                .containsSubsequence(
                        step,
                        "plan " + FakeMachine.NEWEST,
                        "server",
                        "roles/shop",
                        "database/shop",
                        "require claim",
                        "open");
        assertThat(inOrder().stream().filter("packages"::equals)).hasSize(1);
        assertThat(outcome.cluster()).isEmpty();
        assertThat(outcome.databases()).hasSize(1);
        assertThat(outcome.notes())
                .contains("the databases come from the set, for the cluster cannot be had from its physical backup: "
                        + step + " is broken");
    }

    @Test
    void whoNamesAMomentIsNotGivenAnother() {
        machine.isProtected = true;
        machine.failing = "cluster";
        machine.why = FailureType.RESTORE_FAILED;

        assertThatThrownBy(() -> begin(Optional.of(FakeMachine.LAST)).getResult(RecoverVpsOutcome.class))
                .isInstanceOf(WorkflowFailedException.class)
                .satisfies(failed ->
                        assertThat(Failure.in(failed).orElseThrow().fact()).isEqualTo("cluster is broken"));
        assertThat(inOrder()).endsWith("let go", "close", "over").doesNotContain("open", "roles/shop");
    }

    @Test
    void aDatabaseThatCannotBeReadWholeIsSaid() {
        machine.isProtected = true;
        machine.failing = "read shop";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.notes()).endsWith("database shop CANNOT BE READ WHOLE: read shop is broken");
        assertThat(inOrder()).contains("open").doesNotContain("database/shop");
    }

    @Test
    void tellsHowFarItIs() {
        machine.gate = new CountDownLatch(1);
        WorkflowStub run = begin();
        Instant deadline = Instant.now().plusSeconds(20);
        while (machine.firstOf("fetch").isEmpty()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.onSpinWait();
        }

        RecoverVpsProgress progress = run.query("progress", RecoverVpsProgress.class);

        assertThat(progress.set()).contains(FakeMachine.NEWEST);
        assertThat(progress.budget()).isEqualTo(Duration.ofHours(1));
        assertThat(progress.phases().getFirst().state()).isEqualTo(State.DONE);
        assertThat(progress.phases().getLast().state()).isEqualTo(State.WAITING);
        machine.gate.countDown();
        run.getResult(RecoverVpsOutcome.class);
    }

    @Test
    void whatDiffersIsSaidAndDoesNotStopTheRecovery() {
        machine.differences = 1;

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.notes()).last().asString().startsWith("database shop: 1 difference, first table orders");
    }
}
