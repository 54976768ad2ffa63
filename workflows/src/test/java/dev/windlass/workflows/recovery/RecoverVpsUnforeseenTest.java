package dev.windlass.workflows.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures that nobody has thought of: they carry no words of ours. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverVpsUnforeseenTest {
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
        Worker lead = temporal.newWorker(TaskQueues.RECOVERY_LEAD);
        lead.registerWorkflowImplementationTypes(RecoverVpsWorkflowImpl.class);
        lead.registerActivitiesImplementations(machine.new Lead());
        temporal.newWorker(TaskQueues.RECOVERY_TARGET).registerActivitiesImplementations(machine.new Target());
        temporal.start();
        machine.isProtected = true;
        machine.isForeseen = false;
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    private RecoverVpsOutcome recover() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        RecoverVpsWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RECOVERY_LEAD)
                                .setWorkflowId(RecoverVpsRequest.WORKFLOW_ID)
                                .build())
                .run(new RecoverVpsRequest(
                        new TargetMachine("198.51.100.7", 22, "root"),
                        new RecoveryBucket("https://r2.example.com", "auto", "backups", "", Authority.PUBLIC),
                        Optional.empty(),
                        new BrokenGlass("ana", "the disk is gone"),
                        Duration.ofHours(1),
                        Claiming.IF_FREE));
    }

    @Test
    void theSetStandsInForAClusterThatDoesNotCome() {
        machine.failing = "cluster";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.notes())
                .contains("the databases come from the set, for the cluster cannot be had from its physical backup:"
                        + " nobody thought of cluster");
        assertThat(machine.done()).contains("database/shop", "open");
    }

    @Test
    void aClusterThatIsThereStaysWhereADatabaseCannotBeRead() {
        machine.failing = "read shop";

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.notes()).endsWith("database shop CANNOT BE READ WHOLE: nobody thought of read shop");
        assertThat(outcome.cluster()).isPresent();
        assertThat(machine.done()).contains("open").doesNotContain("database/shop");
    }

    @Test
    void whatWasCancelledIsNoReasonForAnotherWay() {
        CanceledFailure cancelled = new CanceledFailure("by a person");
        TemporalFailure around = ApplicationFailure.newFailureWithCause("in an activity", "any", cancelled);

        assertThatThrownBy(() -> WhyNot.words(cancelled)).isSameAs(cancelled);
        assertThatThrownBy(() -> WhyNot.words(around)).isSameAs(around);
        assertThat(WhyNot.words(new Failure(FailureType.NOT_FOUND, "it is gone", "look", "a.md#b").asException()))
                .isEqualTo("it is gone");
    }
}
