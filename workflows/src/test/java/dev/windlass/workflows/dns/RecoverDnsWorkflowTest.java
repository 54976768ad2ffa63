package dev.windlass.workflows.dns;

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
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.RunAttributes;
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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In what order names are led elsewhere, and how the records stand when a step fails. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverDnsWorkflowTest {
    private final FakeDns dns = new FakeDns();
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

    private WorkflowStub start(Optional<ApprovalPolicy> policy) {
        return start(new FakeDns.Planning(policy, 0, Duration.ZERO, false), DnsPace.AT_ONCE);
    }

    private WorkflowStub start(FakeDns.Planning planning, DnsPace pace) {
        Worker runs = temporal.newWorker(TaskQueues.RUNS);
        runs.registerWorkflowImplementationTypes(
                RecoverDnsWorkflowImpl.class,
                QuestionWorkflowImpl.class,
                LateShowWorkflowImpl.class,
                LockWorkflowImpl.class);
        runs.registerActivitiesImplementations(dns, people);
        temporal.newWorker(TaskQueues.PLANNING).registerActivitiesImplementations(planning);
        temporal.start();
        WorkflowClient.start(
                temporal.getWorkflowClient()
                        .newWorkflowStub(
                                RecoverDnsWorkflow.class,
                                WorkflowOptions.newBuilder()
                                        .setTaskQueue(TaskQueues.RUNS)
                                        .setWorkflowId("recover")
                                        .build())::run,
                new RecoverDnsRequest(
                        List.of(new Address("198.51.100.7")),
                        Optional.empty(),
                        pace,
                        new Requester("ana@laptop", Optional.empty())));
        return temporal.getWorkflowClient().newUntypedWorkflowStub("recover");
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

    private static RecoverDnsOutcome outcome(WorkflowStub run) {
        return run.getResult(RecoverDnsOutcome.class);
    }

    @Test
    void triesTheAddressRightBeforeTheSwitch() {
        assertThat(outcome(start(Optional.empty())))
                .isInstanceOfSatisfying(
                        RecoverDnsOutcome.Switched.class,
                        switched -> assertThat(switched.run()).isEqualTo("recover"));
        assertThat(dns.done()).containsExactly("record", "lower-ttl", "try", "switch", "verify");
        assertThat(people.headlines)
                .singleElement()
                .asString()
                .matches("1 record led elsewhere in .*: recover dns to 198.51.100.7");
        assertThat(people.audit).containsExactly("STARTED ana@laptop recover dns", "ENDED windlass recover dns");
    }

    @Test
    void asksAgainWhenTheRecordsHaveChangedMeanwhile() {
        start(new FakeDns.Planning(Optional.of(People.policy()), 1, Duration.ZERO, false), DnsPace.AT_ONCE);
        Question first = question(1);
        answer(first, Verdict.APPROVE);
        Question second = question(2);
        assertThat(dns.done()).isEmpty();
        assertThat(second.digest()).isNotEqualTo(first.digest());
        answer(second, Verdict.APPROVE);
        // The in-JVM server never tells a run that the second child under one id was cancelled, so it does not end.
        Instant deadline = Instant.now().plusSeconds(20);
        while (!dns.done().equals(List.of("record", "lower-ttl", "try", "switch", "verify"))) {
            assertThat(Instant.now()).as("%s", dns.done()).isBefore(deadline);
            temporal.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void changesNothingThatWasRejected() {
        WorkflowStub run = start(Optional.of(People.policy()));
        answer(question(1), Verdict.REJECT);
        assertThat(outcome(run)).isInstanceOf(RecoverDnsOutcome.NotApproved.class);
        assertThat(dns.done()).isEmpty();
    }

    @Test
    void asksNobodyWhereTheRecordsAreSoAlready() {
        assertThat(outcome(start(
                        new FakeDns.Planning(Optional.of(People.policy()), 0, Duration.ZERO, true), DnsPace.AT_ONCE)))
                .isEqualTo(new RecoverDnsOutcome.AlreadyThere("example.com"));
        assertThat(people.shown).isEmpty();
    }

    @Test
    void waitsUntilNobodyKeepsTheOldAddress() {
        Duration oldTtl = Duration.ofSeconds(2);
        assertThat(outcome(start(new FakeDns.Planning(Optional.empty(), 0, oldTtl, false), DnsPace.AFTER_OLD_TTL)))
                .isInstanceOfSatisfying(
                        RecoverDnsOutcome.Switched.class,
                        switched -> assertThat(switched.took()).isGreaterThanOrEqualTo(oldTtl));
        assertThat(dns.done()).containsExactly("record", "lower-ttl", "try", "switch", "verify");
    }

    @Test
    void aFailureBeforeTheFirstChangeUndoesNothing() {
        fails("record", "record");
    }

    @Test
    void anAddressThatIsNotWellAnyMoreGetsTheTtlBack() {
        fails("try", "record", "lower-ttl", "try", "undo lower-ttl");
    }

    @Test
    void aSwitchThatFailsIsPutBackTheLastFirst() {
        dns.leftAlone = List.of("shop.example.com A is gone");
        fails("switch", "record", "lower-ttl", "try", "switch", "undo switch", "undo lower-ttl");
    }

    @Test
    void whatIsNotWellAfterwardsTakesNothingBack() {
        dns.failing = "verify";
        assertThat(outcome(start(Optional.empty())))
                .isInstanceOfSatisfying(
                        RecoverDnsOutcome.Switched.class,
                        switched -> assertThat(switched.problems())
                                .containsExactly("the names could not be asked for: verify is broken"));
        assertThat(dns.done()).containsExactly("record", "lower-ttl", "try", "switch", "verify");
    }

    @Test
    void anAddressIsWrittenInOneWayOnly() {
        assertThat(new Address("2001:DB8:0:0:0:0:0:7")).isEqualTo(new Address("2001:db8::7"));
        assertThat(new Address("::")).hasToString("::");
        assertThat(new Address("1:0:0:2:0:0:0:3")).hasToString("1:0:0:2::3");
        assertThat(new Address("203.0.113.10").type()).isEqualTo(AddressType.A);
        for (String wrong : List.of("203.0.113.300", "2001:db8", "1::2::3", "shop.example.com", "1:2:3:4:5:6:7:8:9")) {
            assertThatThrownBy(() -> new Address(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void fails(String what, String... done) {
        dns.failing = what;
        WorkflowStub run = start(Optional.empty());
        assertThatThrownBy(() -> outcome(run))
                .isInstanceOfSatisfying(
                        WorkflowFailedException.class,
                        failed -> assertThat(Failure.in(failed).orElseThrow().fact())
                                .isEqualTo(what + " is broken"));
        assertThat(dns.done()).containsExactly(done);
        assertThat(people.headlines).containsExactly("recover dns to 198.51.100.7 failed: " + what + " is broken");
    }
}
