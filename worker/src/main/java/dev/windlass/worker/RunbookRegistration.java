package dev.windlass.worker;

import dev.windlass.workflows.approvals.LateShowWorkflowImpl;
import dev.windlass.workflows.approvals.QuestionWorkflowImpl;
import dev.windlass.workflows.approvals.RefusalWorkflowImpl;
import dev.windlass.workflows.audit.AuditShowWorkflowImpl;
import dev.windlass.workflows.audit.AuditVerifyWorkflowImpl;
import dev.windlass.workflows.backup.BackupPlanWorkflowImpl;
import dev.windlass.workflows.backup.BackupQueryWorkflowImpl;
import dev.windlass.workflows.backup.BackupWorkflowImpl;
import dev.windlass.workflows.backup.PruneWorkflowImpl;
import dev.windlass.workflows.backup.RestoreFilesWorkflowImpl;
import dev.windlass.workflows.backup.RestoreTestWorkflowImpl;
import dev.windlass.workflows.backup.RestoreWorkflowImpl;
import dev.windlass.workflows.deploy.DeployPlanWorkflowImpl;
import dev.windlass.workflows.deploy.DeployQueryWorkflowImpl;
import dev.windlass.workflows.deploy.DeployWorkflowImpl;
import dev.windlass.workflows.deploy.MigratingDeployPlanWorkflowImpl;
import dev.windlass.workflows.dns.RecoverDnsPlanWorkflowImpl;
import dev.windlass.workflows.dns.RecoverDnsWorkflowImpl;
import dev.windlass.workflows.kernel.LockWorkflowImpl;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.logs.RunLogWorkflowImpl;
import dev.windlass.workflows.migrate.MigratePlanWorkflowImpl;
import dev.windlass.workflows.migrate.MigrateWorkflowImpl;
import dev.windlass.workflows.protect.PhysicalBackupWorkflowImpl;
import dev.windlass.workflows.protect.ProtectPlanWorkflowImpl;
import dev.windlass.workflows.protect.ProtectWorkflowImpl;
import dev.windlass.workflows.protect.ProtectionStatusWorkflowImpl;
import dev.windlass.workflows.protect.ProtectionWatchWorkflowImpl;
import dev.windlass.workflows.protect.StructureCheckWorkflowImpl;
import dev.windlass.workflows.recovery.DrillDatabasePlanWorkflowImpl;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverDatabasePlanWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverDatabaseWorkflowImpl;
import dev.windlass.workflows.recovery.RecoverVpsWorkflowImpl;
import dev.windlass.workflows.stagingsync.ClassifyWorkflowImpl;
import dev.windlass.workflows.stagingsync.StagingSyncPlanWorkflowImpl;
import dev.windlass.workflows.stagingsync.StagingSyncWorkflowImpl;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;

/** Which code answers on which task queue. A new runbook is added here. */
final class RunbookRegistration {
    static final List<Class<?>> RUNS = List.of(
            LockWorkflowImpl.class,
            QuestionWorkflowImpl.class,
            LateShowWorkflowImpl.class,
            RefusalWorkflowImpl.class,
            BackupWorkflowImpl.class,
            RestoreTestWorkflowImpl.class,
            RestoreWorkflowImpl.class,
            RestoreFilesWorkflowImpl.class,
            PruneWorkflowImpl.class,
            DeployWorkflowImpl.class,
            MigratingDeployPlanWorkflowImpl.class,
            MigrateWorkflowImpl.class,
            MigratePlanWorkflowImpl.class,
            ProtectWorkflowImpl.class,
            PhysicalBackupWorkflowImpl.class,
            ProtectionWatchWorkflowImpl.class,
            StructureCheckWorkflowImpl.class,
            DrillDatabaseWorkflowImpl.class,
            RecoverDatabaseWorkflowImpl.class,
            RecoverDnsWorkflowImpl.class,
            StagingSyncWorkflowImpl.class);

    static final List<Class<?>> PLANS = List.of(
            BackupPlanWorkflowImpl.class,
            BackupQueryWorkflowImpl.class,
            AuditShowWorkflowImpl.class,
            AuditVerifyWorkflowImpl.class,
            DeployPlanWorkflowImpl.class,
            DeployQueryWorkflowImpl.class,
            RunLogWorkflowImpl.class,
            ProtectPlanWorkflowImpl.class,
            ProtectionStatusWorkflowImpl.class,
            RecoverDatabasePlanWorkflowImpl.class,
            DrillDatabasePlanWorkflowImpl.class,
            RecoverDnsPlanWorkflowImpl.class,
            ClassifyWorkflowImpl.class,
            StagingSyncPlanWorkflowImpl.class);

    /** Answered by the launcher, on the machine that leads a recovery: this worker may be what is lost. */
    static final List<Class<?>> LED = List.of(RecoverVpsWorkflowImpl.class);

    private static final WorkerOptions OPTIONS = WorkerOptions.newBuilder()
            // Progress and cancellation lag by the throttle: by default 80 % of the heartbeat timeout.
            .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
            .setDefaultHeartbeatThrottleInterval(Duration.ofSeconds(1))
            // The first replay loads classes; on a busy small server that can pass the default of 1 s.
            .setDefaultDeadlockDetectionTimeout(10_000)
            // Steps are heavy and the machine is small: it also serves the product.
            .setMaxConcurrentActivityExecutionSize(4)
            .setMaxConcurrentLocalActivityExecutionSize(4)
            .setMaxConcurrentWorkflowTaskExecutionSize(8)
            .setMaxConcurrentWorkflowTaskPollers(2)
            .setMaxConcurrentActivityTaskPollers(2)
            .build();

    private final RunbookActivities activities;

    RunbookRegistration(RunbookActivities activities) {
        this.activities = activities;
    }

    void register(WorkerFactory factory) {
        Worker runs = factory.newWorker(TaskQueues.RUNS, OPTIONS);
        addWorkflows(runs, RUNS);
        addWorkflows(runs, PLANS);
        runs.registerActivitiesImplementations(activities.changing().toArray());
        // Runs plan too, as their first step.
        runs.registerActivitiesImplementations(activities.planning().toArray());

        Worker planning = factory.newWorker(TaskQueues.PLANNING, OPTIONS);
        addWorkflows(planning, PLANS);
        planning.registerActivitiesImplementations(activities.planning().toArray());
    }

    private static void addWorkflows(Worker worker, List<Class<?>> types) {
        worker.registerWorkflowImplementationTypes(types.toArray(Class<?>[]::new));
    }
}
