package dev.windlass.starter;

import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupQueryWorkflow;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.RunAttributes;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers as the worker does, and does nothing. As a program (with host:port and seconds) it lets a person look at the
 * progress bars.
 */
public final class PretendingWorker {
    private PretendingWorker() {}

    public static void main(String[] arguments) {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(arguments[0]).build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        long steps = Long.parseLong(arguments[1]) * 5;
        register(factory, new PretendingActivities() {
            @Override
            public void work(String phase) {
                for (long step = 1; step <= steps; step++) {
                    Activity.getExecutionContext()
                            .heartbeat(new Progress(
                                    phase,
                                    step * 312_000_000 / steps,
                                    Optional.of(312_000_000L),
                                    "bytes",
                                    "app.table_" + step));
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                }
            }
        });
        factory.start();
    }

    static void register(WorkerFactory factory, PretendingActivities activities) {
        WorkerOptions prompt = WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .setDefaultHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build();
        Worker runs = factory.newWorker(TaskQueues.RUNS, prompt);
        runs.registerWorkflowImplementationTypes(PretendedBackup.class);
        runs.registerActivitiesImplementations(activities);
        factory.newWorker(TaskQueues.PLANNING).registerWorkflowImplementationTypes(PretendedQuery.class);
    }

    @ActivityInterface
    public interface PretendingActivities {
        void work(String phase);
    }

    public static final class PretendedBackup implements BackupWorkflow {
        private final PretendingActivities activities = Workflow.newActivityStub(
                PretendingActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(10))
                        .setHeartbeatTimeout(Duration.ofSeconds(30))
                        .build());

        @Override
        public BackupOutcome run(BackupRequest request) {
            for (String phase : List.of("dump", "upload", "restore")) {
                Workflow.upsertTypedSearchAttributes(RunAttributes.STAGE.valueSet(phase + "/shop"));
                Workflow.setCurrentDetails("**backup** plan `abababababab`\n\n- ▶ " + phase + " shop\n");
                activities.work(phase);
            }
            if (!request.databases().isEmpty() && !request.databases().contains(Sample.SHOP)) {
                throw new Failure(
                                FailureType.RESTORE_DIFFERS,
                                "database blog restored from set 20261124T030000Z-1f3a09bc has 1 difference",
                                "keep the set, and look at the differences: windlass backup show"
                                        + " 20261124T030000Z-1f3a09bc",
                                "backup.md#restore-differs")
                        .asException();
            }
            return Sample.outcome();
        }
    }

    public static final class PretendedQuery implements BackupQueryWorkflow {
        @Override
        public Catalogue list() {
            return Sample.catalogue();
        }
    }
}
