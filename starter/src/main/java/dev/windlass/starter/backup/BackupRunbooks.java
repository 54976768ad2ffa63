package dev.windlass.starter.backup;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.PruneReceipt;
import dev.windlass.workflows.backup.PruneRequest;
import dev.windlass.workflows.backup.RestoreFilesOutcome;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.RestoreOutcome;
import dev.windlass.workflows.backup.RestoreRequest;
import dev.windlass.workflows.backup.RestoreTestOutcome;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.kernel.TaskQueues;
import java.util.List;

/** The runs of the backup runbook. */
public final class BackupRunbooks {
    public static final Runbook<BackupRequest, BackupOutcome> BACKUP =
            new Runbook<>("backup", "Backup", TaskQueues.RUNS, BackupOutcome.class, BackupReports::backup);

    public static final Runbook<RestoreTestRequest, RestoreTestOutcome> RESTORE_TEST = new Runbook<>(
            "restore-test", "RestoreTest", TaskQueues.RUNS, RestoreTestOutcome.class, BackupReports::restoreTest);

    public static final Runbook<RestoreRequest, RestoreOutcome> RESTORE =
            new Runbook<>("restore", "Restore", TaskQueues.RUNS, RestoreOutcome.class, BackupReports::restore);

    public static final Runbook<RestoreFilesRequest, RestoreFilesOutcome> RESTORE_FILES = new Runbook<>(
            "restore-files", "RestoreFiles", TaskQueues.RUNS, RestoreFilesOutcome.class, BackupReports::restoreFiles);

    public static final Runbook<PruneRequest, PruneReceipt> PRUNE =
            new Runbook<>("prune", "Prune", TaskQueues.RUNS, PruneReceipt.class, BackupReports::prune);

    /** What {@code PlanBackupRunbook} and {@code ListBackups} are called on the server. */
    public static final String PLAN_QUESTION = "PlanBackupRunbook";

    static final String LIST_QUESTION = "ListBackups";

    public static final List<Runbook<?, ?>> ALL = List.of(BACKUP, RESTORE_TEST, RESTORE, RESTORE_FILES, PRUNE);

    private BackupRunbooks() {}
}
