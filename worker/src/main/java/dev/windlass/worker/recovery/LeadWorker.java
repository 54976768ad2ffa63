package dev.windlass.worker.recovery;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.recovery.VpsLeadActivities;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.runbooks.recovery.RecoveryCredential;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.recovery.RecoverVpsWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the launcher does for the run: its decisions, the bucket's claims and sets, and the link to the target. */
final class LeadWorker implements AutoCloseable {
    /** As in RunbookRegistration.LED. */
    private static final List<Class<?>> WORKFLOWS = List.of(RecoverVpsWorkflowImpl.class);

    private static final Duration LETTING_GO = Duration.ofSeconds(15);

    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final LeadShell shell;

    private LeadWorker(WorkflowClient client, WorkerFactory factory, LeadShell shell) {
        this.client = client;
        this.factory = factory;
        this.shell = shell;
    }

    static LeadWorker start(
            LeadHome home, LocalTemporal server, KitFile kit, Path temporal, RecoveryCredential credential) {
        WorkflowClient client = server.client();
        WorkerFactory factory = WorkerFactory.newInstance(client);
        Worker worker = factory.newWorker(TaskQueues.RECOVERY_LEAD, options());
        worker.registerWorkflowImplementationTypes(WORKFLOWS.toArray(Class<?>[]::new));
        Secrets none = new EnvironmentSecrets(Map.of());
        LeadShell shell = new LeadShell(new CommandShell(
                Launchers.detect(),
                none,
                new AgeSealedFiles(none),
                new StepLogFiles(home.directory(), Clock.systemUTC())));
        worker.registerActivitiesImplementations(
                VpsLeadActivities.of(credential, EffectJournal.none()),
                new LinkActivitiesImpl(new LinkParts(
                        home,
                        shell,
                        kit,
                        () -> KitFile.ofTemporal(home, temporal),
                        server.port(),
                        credential.files())));
        factory.start();
        return new LeadWorker(client, factory, shell);
    }

    private static WorkerOptions options() {
        return WorkerOptions.newBuilder()
                // Cancellation lags by the throttle.
                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
                // The first replay loads classes; on a busy laptop that can pass the default of 1 s.
                .setDefaultDeadlockDetectionTimeout(10_000)
                .setMaxConcurrentActivityExecutionSize(8)
                .setMaxConcurrentWorkflowTaskPollers(2)
                .setMaxConcurrentActivityTaskPollers(2)
                .build();
    }

    WorkflowClient client() {
        return client;
    }

    /** Ends what runs here, such as ssh; the steps are tried again when a launcher is back. */
    @Override
    public void close() {
        shell.beginLeaving();
        factory.shutdownNow();
        factory.awaitTermination(LETTING_GO.toMillis(), TimeUnit.MILLISECONDS);
        // A step that came a moment before, or that took longer to let go.
        shell.endAll();
    }
}
