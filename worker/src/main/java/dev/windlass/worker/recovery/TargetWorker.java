package dev.windlass.worker.recovery;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.recovery.VpsAppActivitiesImpl;
import dev.windlass.activities.recovery.VpsTargetActivities;
import dev.windlass.runbooks.recovery.SshCommands;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.TaskQueues;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The worker on the machine that is recovered: a third main class of the worker's jar, started by the launcher through SSH. It
 * works for the launcher's Temporal, which it finds at the near end of the tunnel whenever that is open.
 */
public final class TargetWorker {
    private TargetWorker() {}

    public static void main(String[] words) throws InterruptedException {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + SshCommands.TUNNEL)
                // A tunnel that is back is found at once, however long it was away.
                .setConnectionBackoffResetFrequency(Duration.ofSeconds(2))
                .build());
        WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .setIdentity("windlass-recovery-target")
                        .build()));
        factory.newWorker(
                        TaskQueues.RECOVERY_TARGET,
                        WorkerOptions.newBuilder()
                                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                                .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
                                .setMaxConcurrentActivityExecutionSize(4)
                                .setMaxConcurrentActivityTaskPollers(2)
                                .build())
                .registerActivitiesImplementations(
                        VpsTargetActivities.ofThisMachine(EffectJournal.none()),
                        VpsAppActivitiesImpl.ofThisMachine(EffectJournal.none()));
        awaitTunnel(stubs);
        // Ends what runs here before the process ends.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            factory.shutdownNow();
            factory.awaitTermination(20, TimeUnit.SECONDS);
        }));
        factory.start();
    }

    private static void awaitTunnel(WorkflowServiceStubs stubs) throws InterruptedException {
        while (true) {
            try {
                stubs.blockingStub()
                        .withDeadlineAfter(5, TimeUnit.SECONDS)
                        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
                return;
            } catch (StatusRuntimeException notYet) {
                TimeUnit.MILLISECONDS.sleep(250);
            }
        }
    }
}
