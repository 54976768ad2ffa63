package dev.windlass.workflows.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.Answer;
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
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.migrate.People;
import io.temporal.api.enums.v1.IndexedValueType;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In what order staging is replaced, and what is undone when a step fails. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingSyncWorkflowTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");

    private final FakeSync sync = new FakeSync();
    private final People people = new People();
    private final Set<StepId> more = new HashSet<>();
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

    private WorkflowStub start(Optional<ApprovalPolicy> policy, int others) {
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                StagingSyncWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(sync, people);
        temporal.newWorker(TaskQueues.PLANNING)
                .registerActivitiesImplementations(new FakePlanning(policy, others, more));
        temporal.start();
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                StagingSyncWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId("sync")
                                        .build())::run,
                new StagingSyncRequest(SHOP, new Requester("ana@laptop", Optional.empty())));
        return temporal.getWorkflowClient().newUntypedWorkflowStub("sync");
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

    private void answer(Question question, Verdict verdict) {
        Answer answer = temporal.getWorkflowClient()
                .newWorkflowStub(QuestionWorkflow.class, question.id().workflowId())
                .decide(new Decision(
                        question.id(),
                        question.digest(),
                        verdict,
                        Optional.of("for the test"),
                        new Evidence.SshSignature(People.BEN, Instant.now(), "genuine")));
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
    }

    private static StagingSyncOutcome outcome(WorkflowStub run) {
        return run.getResult(StagingSyncOutcome.class);
    }

    @Test
    void stagingIsReplacedAfterTheScanAndNothingIsUndone() {
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(StagingSyncOutcome.Synced.class, synced -> {
                    assertThat(synced.copy().total()).isEqualTo(7);
                    assertThat(synced.scanned()).isEqualTo(7);
                    assertThat(synced.replaced()).isEqualTo("kept");
                    assertThat(synced.problems()).isEmpty();
                });
        assertThat(sync.done()).containsExactly("copy", "scan", "swap", "clear");
        assertThat(people.headlines)
                .singleElement()
                .asString()
                .matches("shop-staging is a masked copy of shop since now, after .*");
        assertThat(people.audit).containsExactly("STARTED ana@laptop staging-sync", "ENDED windlass staging-sync");
    }

    @Test
    void aCopyThatFailsIsDropped() {
        fails("copy", "copy", "undo copy");
    }

    @Test
    void whatIsStagingsOwnIsWrittenBeforeTheScan() {
        more.add(StagingSyncSteps.REWRITE);
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(
                        StagingSyncOutcome.Synced.class,
                        synced -> assertThat(synced.rewritten()).containsExactly(1L, 0L));
        assertThat(sync.done()).containsExactly("copy", "rewrite", "scan", "swap", "clear");
    }

    @Test
    void aScanFromBeforeThereWereReportsGivesNone() {
        sync.rules = "";
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(StagingSyncOutcome.Synced.class, synced -> {
                    assertThat(synced.scanned()).isEqualTo(7);
                    assertThat(synced.report()).isEmpty();
                });
    }

    @Test
    void aStatementThatIsRefusedDropsTheCopy() {
        more.add(StagingSyncSteps.REWRITE);
        fails("rewrite", "copy", "rewrite", "undo copy");
    }

    @Test
    void aScanThatFindsSomethingDropsTheCopy() {
        fails("scan", "copy", "scan", "undo copy");
    }

    @Test
    void aSwapThatFailsIsLookedAtBeforeTheCopyIsDropped() {
        fails("swap", "copy", "scan", "swap", "undo swap", "undo copy");
    }

    @Test
    void whatStagingCachesIsEmptiedAfterTheSwap() {
        more.add(StagingSyncSteps.FLUSH);
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(
                        StagingSyncOutcome.Synced.class,
                        synced -> assertThat(synced.flushed()).contains(new FlushedRedis("database 0", 3)));
        assertThat(sync.done()).containsExactly("copy", "scan", "swap", "flush", "clear");
    }

    @Test
    void aRedisThatCannotBeEmptiedIsToldLoudlyAndStagingStaysNew() {
        more.add(StagingSyncSteps.FLUSH);
        sync.failing = "flush";
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(StagingSyncOutcome.Synced.class, synced -> {
                    assertThat(synced.flushed()).isEmpty();
                    assertThat(synced.problems())
                            .containsExactly(
                                    "staging's Redis still holds what it cached of the staging before: flush is broken");
                });
        assertThat(sync.done()).containsExactly("copy", "scan", "swap", "flush", "clear");
    }

    @Test
    void stagingThatWorksIsToldSo() {
        more.add(StagingSyncSteps.SMOKE);
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(
                        StagingSyncOutcome.Synced.class,
                        synced -> assertThat(synced.smoked()).contains("all good"));
        assertThat(sync.done()).containsExactly("copy", "scan", "swap", "smoke", "clear");
    }

    @Test
    void stagingThatDoesNotWorkIsPutBackAndTheCopyDropped() {
        more.addAll(Set.of(StagingSyncSteps.FLUSH, StagingSyncSteps.SMOKE));
        fails("smoke", "copy", "scan", "swap", "flush", "smoke", "swap back", "undo copy");
        assertThat(people.lines).first().isEqualTo("staging is what it was again");
    }

    @Test
    void aCopyThatCannotBeDroppedDoesNotHideWhyStagingWasPutBack() {
        more.add(StagingSyncSteps.SMOKE);
        sync.alsoFailing = "undo copy";
        fails("smoke", "copy", "scan", "swap", "smoke", "swap back", "undo copy");
        assertThat(people.lines)
                .first()
                .isEqualTo("staging is what it was again; the copy could not be dropped: undo copy is broken");
    }

    @Test
    void aCopyOfABackupIsMadeOfAThrowAwayCluster() {
        more.addAll(FakePlanning.OF_BACKUP);
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(
                        StagingSyncOutcome.Synced.class,
                        synced -> assertThat(synced.of())
                                .contains(new CopiedSet(FakePlanning.SET, FakePlanning.AS_OF))
                                .map(CopiedSet::words)
                                .contains("set 20261129T030000Z-1f3a09bc, as of 2026-11-29 03:00 UTC"));
        assertThat(sync.done()).containsExactly("restore", "copy", "scan", "remove", "swap", "clear");
    }

    @Test
    void whateverFailsTheThrowAwayClusterIsRemoved() {
        more.addAll(FakePlanning.OF_BACKUP);
        fails("scan", "restore", "copy", "scan", "undo restore", "undo copy");
    }

    @Test
    void aThrowAwayClusterThatIsGoneIsRestoredOnceMore() {
        more.addAll(FakePlanning.OF_BACKUP);
        sync.failing = "scan";
        sync.as = FailureType.SNAPSHOT_LOST;
        sync.failures = 3;
        assertThat(outcome(start(Optional.empty(), 0))).isInstanceOf(StagingSyncOutcome.Synced.class);
        assertThat(sync.done())
                .containsExactly(
                        "restore", "copy", "scan", "scan", "scan", "restore", "scan", "remove", "swap", "clear");
    }

    @Test
    void aBackupThatCannotBeRestoredIsToldAndProductionIsTheSource() {
        more.addAll(FakePlanning.OF_BACKUP);
        sync.failing = "restore";
        sync.as = FailureType.RESTORE_FAILED;
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(StagingSyncOutcome.Synced.class, synced -> {
                    assertThat(synced.of()).isEmpty();
                    assertThat(synced.problems())
                            .containsExactly("it was copied from production itself, for restore is broken");
                });
        assertThat(sync.done())
                .containsExactly("restore", "undo restore", "undo copy", "copy", "scan", "swap", "clear");
    }

    @Test
    void whatCannotBeClearedIsToldAndStagingStaysNew() {
        sync.failing = "clear";
        assertThat(outcome(start(Optional.empty(), 0)))
                .isInstanceOfSatisfying(
                        StagingSyncOutcome.Synced.class,
                        synced -> assertThat(synced.problems())
                                .containsExactly(
                                        "what earlier runs had replaced could not be dropped: clear is broken"));
        assertThat(sync.done()).containsExactly("copy", "scan", "swap", "clear");
    }

    @Test
    void nothingIsCopiedThatWasRejected() {
        WorkflowStub run = start(Optional.of(People.policy()), 0);
        answer(question(1), Verdict.REJECT);
        assertThat(outcome(run)).isInstanceOf(StagingSyncOutcome.NotApproved.class);
        assertThat(sync.done()).isEmpty();
    }

    @Test
    void anotherPlanIsAskedForAnew() {
        start(Optional.of(People.policy()), 1);
        Question first = question(1);
        answer(first, Verdict.APPROVE);
        Question second = question(2);
        assertThat(sync.done()).isEmpty();
        assertThat(second.digest()).isNotEqualTo(first.digest());
    }

    private void fails(String what, String... done) {
        sync.failing = what;
        WorkflowStub run = start(Optional.empty(), 0);
        assertThatThrownBy(() -> outcome(run))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(Failure.in(failed).orElseThrow().fact())
                                .isEqualTo(what + " is broken"));
        assertThat(sync.done()).containsExactly(done);
        assertThat(people.headlines).containsExactly("staging-sync shop failed: " + what + " is broken");
    }

    /** Writes down what it is told, and fails where a test says so. */
    private static final class FakeSync implements StagingSyncActivities {
        private final List<String> done = new ArrayList<>();
        volatile String failing = "";
        volatile String alsoFailing = "";
        volatile FailureType as = FailureType.PRECONDITION;
        private int failures = Integer.MAX_VALUE;
        volatile String rules = "sha256:0";

        synchronized List<String> done() {
            return List.copyOf(done);
        }

        private synchronized void perform(String what) {
            done.add(what);
            if (what.equals(alsoFailing) || (what.equals(failing) && failures-- > 0)) {
                throw new Failure(as, what + " is broken", "repair it", "staging-sync.md#swapped").asException();
            }
        }

        @Override
        public MaskedCopyReport copy(StagingSyncOrder order) {
            perform("copy");
            return new MaskedCopyReport("copy", 4711, Sorted.of("app.users", 7L));
        }

        @Override
        public void dropCopy(StagingSyncOrder order) {
            perform("undo copy");
        }

        @Override
        public List<Long> rewrite(StagingSyncOrder order) {
            perform("rewrite");
            return List.of(1L, 0L);
        }

        @Override
        public AnonymizationReport scan(StagingSyncOrder order) {
            perform("scan");
            return new AnonymizationReport(rules, order.copy().orElseThrow().total(), List.of(), List.of(), List.of());
        }

        @Override
        public String swap(StagingSyncOrder order) {
            perform("swap");
            return "kept";
        }

        @Override
        public String giveUpSwap(StagingSyncOrder order) {
            perform("undo swap");
            return "staging is as it was";
        }

        @Override
        public String restore(StagingSyncOrder order) {
            perform("restore");
            return "set " + order.backup().orElseThrow().copied().set();
        }

        @Override
        public void removeRestored(StagingSyncOrder order) {
            perform(order.step().id().equals(StagingSyncSteps.REMOVE) ? "remove" : "undo restore");
        }

        @Override
        public FlushedRedis flush(StagingSyncOrder order) {
            perform("flush");
            return new FlushedRedis("database 0", 3);
        }

        @Override
        public String smoke(StagingSyncOrder order) {
            perform("smoke");
            return "all good";
        }

        @Override
        public String swapBack(StagingSyncOrder order) {
            perform("swap back");
            return "staging is what it was again";
        }

        @Override
        public List<String> clear(StagingSyncOrder order) {
            perform("clear");
            return List.of();
        }
    }
}
