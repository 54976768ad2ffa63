package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.TestServers;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.kernel.PlanEquality.Executed;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.RecoverVpsOutcome;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Purpose;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoverVpsWorkflow;
import dev.windlass.workflows.recovery.RecoverVpsWorkflowImpl;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real workflow over the real plan and recording effects: what it does is what its plan says, whichever step fails. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecoverVpsEqualsPlanTest {
    /** What fails there is told, and ends no recovery. */
    private static final Set<StepId> SERVING =
            Set.of(RecoverVpsSteps.NGINX, RecoverVpsSteps.TEMPORAL, RecoverVpsSteps.WINDLASS, RecoverVpsSteps.WORKER);

    private final RecordingMachine machine = new RecordingMachine();
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestServers.options());

    @BeforeEach
    void start() {
        Worker lead = temporal.newWorker(
                TaskQueues.RECOVERY_LEAD,
                WorkerOptions.newBuilder()
                        .setMaxHeartbeatThrottleInterval(Duration.ofMillis(50))
                        .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(50))
                        .build());
        lead.registerWorkflowImplementationTypes(RecoverVpsWorkflowImpl.class);
        lead.registerActivitiesImplementations(machine.new Lead());
        temporal.newWorker(TaskQueues.RECOVERY_TARGET).registerActivitiesImplementations(machine.new Target());
        temporal.start();
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    /** Then a cluster that cannot be had is the end, and not the beginning of another plan. */
    private static RecoverVpsRequest toAMoment() {
        RecoverVpsRequest any = VpsClaimsTest.request("ana", Claiming.IF_FREE);
        return new RecoverVpsRequest(
                any.target(),
                any.bucket(),
                any.set(),
                any.glass(),
                any.budget(),
                any.claiming(),
                DatabasesFrom.CLUSTER_FIRST,
                Optional.of(Instant.parse("2026-11-29T03:00:30Z")),
                Purpose.RECOVERY);
    }

    private RecoverVpsOutcome recover() {
        return temporal.getWorkflowClient()
                .newWorkflowStub(
                        RecoverVpsWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(TaskQueues.RECOVERY_LEAD)
                                .setWorkflowId(RecoverVpsRequest.WORKFLOW_ID)
                                .build())
                .run(machine.plan.cluster().isPresent() ? toAMoment() : VpsClaimsTest.request("ana", Claiming.IF_FREE));
    }

    private PlanEquality equality() {
        return new PlanEquality(machine.plan.plan(), Set.of(), Set.of(RecoverVpsSteps.CLOSE));
    }

    static Stream<RecoverVpsPlan> plans() {
        return Stream.of(RecordingMachine.FROM_SET, RecordingMachine.FROM_CLUSTER, RecordingMachine.OF_REHEARSAL);
    }

    /** It would make backups of its own into the bucket of the machine that lives. */
    @Test
    void aRehearsalInstallsNoWindlassAndDoesOtherwiseTheSame() {
        List<Step> all = new ArrayList<>(RecordingMachine.FROM_SET.plan().steps());
        all.removeIf(step -> Set.of(RecoverVpsSteps.TEMPORAL, RecoverVpsSteps.WINDLASS, RecoverVpsSteps.WORKER)
                .contains(step.id()));

        assertThat(RecordingMachine.OF_REHEARSAL.plan().steps())
                .isEqualTo(all)
                .hasSize(RecordingMachine.FROM_SET.plan().steps().size() - 3);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aRecoveryDoesWhatItsPlanSays(RecoverVpsPlan plan) {
        machine.plan = plan;

        RecoverVpsOutcome outcome = recover();

        assertThat(outcome.notes()).isEmpty();
        List<Executed> effects = machine.effects();
        assertThat(equality().differences(effects)).isEmpty();
        assertThat(equality().missing(effects)).isEmpty();
    }

    static Stream<Arguments> steps() {
        return plans().flatMap(plan -> plan.plan().steps().stream()
                .map(Step::id)
                .filter(id -> !id.equals(RecoverVpsSteps.LINK))
                .map(id -> Arguments.of(plan, id)));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aStepThatFailsForGoodIsTheLastButForWhatIsGivenBack(RecoverVpsPlan plan, StepId step) {
        machine.plan = plan;
        machine.failing = step;

        if (step.equals(RecoverVpsSteps.CLOSE)) {
            // All is restored: what stays behind is told.
            assertThat(recover().notes()).singleElement().asString().startsWith("the secrets may still be");
        } else if (plan.cluster().isPresent() && step.value().equals("database/shop")) {
            assertThat(recover().notes()).singleElement().asString().contains("CANNOT BE READ WHOLE");
        } else if (SERVING.contains(step) || step.subject().equals("shop.prod")) {
            // The data is back: what does not serve is told.
            assertThat(recover().silent()).isNotEmpty().first().asString().contains("was told to fail");
        } else {
            assertThatThrownBy(this::recover).isInstanceOf(WorkflowFailedException.class);
        }
        assertThat(equality(step).differences(machine.effects())).isEmpty();
    }

    /** What serves nobody is skipped, and what has nothing to do with it goes on. */
    private PlanEquality equality(StepId failed) {
        PlanEquality equality = equality();
        if (failed.equals(RecoverVpsSteps.NGINX) || failed.subject().equals("shop.prod")) {
            for (Step step : machine.plan.plan().steps()) {
                if (step.id().equals(RecoverVpsSteps.NGINX)
                        || step.id().subject().equals("shop.prod")) {
                    equality = equality.deviating(step.id(), PlanEquality.Deviation.SKIPPED);
                }
            }
        }
        return equality;
    }
}
