package dev.windlass.workflows.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.approvals.Decision;
import dev.windlass.workflows.approvals.Evidence;
import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.QuestionWorkflow;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.migrate.People;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In what order a recovery does things, and what it leaves when one of them fails. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverDatabaseWorkflowTest {
    private final FakeRecovery database = new FakeRecovery();
    private final People people = new People();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(environment());

    private static TestEnvironmentOptions environment() {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("worker@test")
                        .build());
        RunAttributes.all()
                .forEach(attribute -> options.registerSearchAttribute(
                        attribute.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        return options.build();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    private WorkflowStub start(Optional<ApprovalPolicy> policy, List<TableReference> tables) {
        return start(policy, tables, Optional.empty());
    }

    private WorkflowStub start(Optional<ApprovalPolicy> policy, List<TableReference> tables, Optional<Instant> to) {
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                RecoverDatabaseWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(database, people);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(new FakeRecovery.Planning(policy));
        temporal.start();
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                RecoverDatabaseWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId("recover")
                                        .build())::run,
                new RecoverDatabaseRequest(
                        new DatabaseName("shop"),
                        Optional.empty(),
                        tables,
                        Optional.empty(),
                        Optional.empty(),
                        new Requester("ana@laptop", Optional.empty()),
                        to));
        return temporal.getWorkflowClient().newUntypedWorkflowStub("recover");
    }

    private WorkflowStub startOfTables() {
        return start(Optional.empty(), List.of(FakeRecovery.ORDERS));
    }

    private Question question(int number) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (questions().size() < number) {
            assertThat(Instant.now()).as("question " + number).isBefore(deadline);
            temporal.sleep(Duration.ofMillis(20));
        }
        return questions().get(number - 1);
    }

    private List<Question> questions() {
        return people.shown.stream()
                .filter(view -> view.state() == QuestionState.WAITING)
                .map(QuestionView::question)
                .distinct()
                .toList();
    }

    private void approve(Question question) {
        temporal.getWorkflowClient()
                .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                .decide(new Decision(
                        question.id(),
                        question.digest(),
                        Verdict.APPROVE,
                        Optional.empty(),
                        new Evidence.SshSignature(People.BEN, Instant.now(), "genuine")));
    }

    private static RecoverDatabaseOutcome outcome(WorkflowStub run) {
        return run.getResult(RecoverDatabaseOutcome.class);
    }

    @Test
    void rowsComeBackAndTheCopyGoes() {
        assertThat(outcome(startOfTables())).isInstanceOf(RecoverDatabaseOutcome.RowsBack.class);
        assertThat(database.done()).containsExactly("copy", "compare", "bring back", "verify", "drop by drop");
        assertThat(people.headlines).singleElement().asString().matches("shop: 2 rows back in .*");
        assertThat(people.audit)
                .containsExactly("STARTED ana@laptop recover database", "ENDED windlass recover database");
    }

    /** An older one may go when a new one is there. */
    @Test
    void noPhysicalBackupIsMadeWhileAMomentIsRestored() {
        WorkflowStub run = start(
                Optional.empty(), List.of(FakeRecovery.ORDERS), Optional.of(Instant.parse("2026-11-29T02:00:00Z")));
        assertThat(outcome(run)).isInstanceOf(RecoverDatabaseOutcome.RowsBack.class);
        assertThat(database.done()).containsExactly("copy", "compare", "bring back", "verify", "drop by drop");
        assertThat(temporal.getWorkflowClient().fetchHistory("recover").getEvents().stream()
                        .filter(HistoryEvent::hasStartChildWorkflowExecutionInitiatedEventAttributes)
                        .map(event -> event.getStartChildWorkflowExecutionInitiatedEventAttributes()
                                .getWorkflowId()))
                .containsExactly("lock/database/shop", "lock/protect/main");
    }

    @Test
    void aMomentGoesWithoutASet() {
        assertThatThrownBy(() -> new RecoverDatabaseRequest(
                        new DatabaseName("shop"),
                        Optional.of(FakeRecovery.SET),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        new Requester("ana@laptop", Optional.empty()),
                        Optional.of(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a recovery to a moment takes no set, and no store or identity of one");
    }

    @Test
    void nobodyIsAskedWhereNothingIsMissing() {
        database.missing = 0;
        assertThat(outcome(start(Optional.of(People.policy()), List.of(FakeRecovery.ORDERS))))
                .isInstanceOf(RecoverDatabaseOutcome.NothingMissing.class);
        assertThat(database.done()).containsExactly("copy", "compare", "drop by copy");
        assertThat(people.shown).isEmpty();
    }

    @Test
    void whatChangedIsAskedAgainWithItsOwnDigest() {
        database.changes = 1;
        WorkflowStub run = start(Optional.of(People.policy()), List.of());
        Question first = question(1);
        approve(first);
        Question second = question(2);
        assertThat(second.digest()).isNotEqualTo(first.digest());
        approve(second);
        assertThat(outcome(run)).isInstanceOf(RecoverDatabaseOutcome.Swapped.class);
        assertThat(database.done()).containsExactly("copy", "compare", "swap", "compare", "swap", "verify");
    }

    @Test
    void whoKeepsWritingKeepsTheDatabase() {
        database.changes = 9;
        assertThat(outcome(start(Optional.empty(), List.of())))
                .isInstanceOfSatisfying(
                        RecoverDatabaseOutcome.KeptChanging.class,
                        changing -> assertThat(changing.tries()).isEqualTo(3));
        assertThat(database.done())
                .containsExactly("copy", "compare", "swap", "compare", "swap", "compare", "swap", "drop by copy");
    }

    @Test
    void aCopyThatCannotBeMadeIsDropped() {
        fails(startFailing("copy", List.of(FakeRecovery.ORDERS)), "copy", "drop by copy");
    }

    @Test
    void aComparisonThatFailsDropsTheCopy() {
        fails(startFailing("compare", List.of(FakeRecovery.ORDERS)), "copy", "compare", "drop by copy");
    }

    @Test
    void rowsThatAreRefusedDropTheCopyAndSayHowItStands() {
        fails(
                startFailing("bring back", List.of(FakeRecovery.ORDERS)),
                "copy",
                "compare",
                "bring back",
                "drop by copy");
    }

    @Test
    void aSwapThatFailsIsGivenUpBeforeTheCopyIsDropped() {
        fails(startFailing("swap", List.of()), "copy", "compare", "swap", "give up", "drop by copy");
    }

    @Test
    void aVerificationThatCannotBeMadeTakesNothingBack() {
        assertThat(outcome(startFailing("verify", List.of(FakeRecovery.ORDERS))))
                .isInstanceOfSatisfying(
                        RecoverDatabaseOutcome.RowsBack.class,
                        back -> assertThat(back.smoke())
                                .containsExactly("the smoke queries could not be asked: verify is broken"));
        assertThat(database.done()).containsExactly("copy", "compare", "bring back", "verify", "drop by drop");
    }

    @Test
    void aRunThatIsCancelledWhileItAsksDropsTheCopy() {
        WorkflowStub run = start(Optional.of(People.policy()), List.of(FakeRecovery.ORDERS));
        question(1);
        run.cancel();
        assertThatThrownBy(() -> outcome(run)).isInstanceOf(WorkflowFailedException.class);
        assertThat(database.done()).containsExactly("copy", "compare", "drop by copy");
    }

    private WorkflowStub startFailing(String what, List<TableReference> tables) {
        database.failing = what;
        return start(Optional.empty(), tables);
    }

    private void fails(WorkflowStub run, String... done) {
        assertThatThrownBy(() -> outcome(run))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(Failure.in(failed).orElseThrow().fact())
                                .isEqualTo(database.failing + " is broken"));
        assertThat(database.done()).containsExactly(done);
    }
}
