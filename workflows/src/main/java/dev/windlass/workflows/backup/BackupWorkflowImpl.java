package dev.windlass.workflows.backup;

import dev.windlass.workflows.audit.Audit;
import dev.windlass.workflows.kernel.Locks;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** The nightly backup, in the order of its page. */
public final class BackupWorkflowImpl implements BackupWorkflow {
    static final String LOCK = "backup";

    /** Longer than any backup that is still of use: the next night's run is near by then. */
    private static final Duration PATIENCE = Duration.ofHours(12);

    @Override
    public BackupOutcome run(BackupRequest request) {
        try {
            return Audit.during(
                    "backup",
                    request.requestedBy(),
                    Sorted.of(
                            "databases",
                            request.databases().isEmpty()
                                    ? "all"
                                    : request.databases().toString()),
                    () -> Locks.holding(List.of(LOCK), PATIENCE, () -> backUp(request)));
        } catch (TemporalFailure failed) {
            BackupFailures.announce("backup", failed);
            throw failed;
        }
    }

    private BackupOutcome backUp(BackupRequest request) {
        Plan plan = BackupStubs.planning("plan the backup").planBackup(request);
        BackupRun run = new BackupRun(plan);
        try {
            run.prepare();
            run.databases().forEach(run::dump);
            run.archives().forEach(run::archive);
            run.redis().forEach(run::saveRedis);
            run.databases().forEach(run::upload);
            run.archives().forEach(run::uploadArchive);
            run.redis().forEach(run::uploadRedis);
            run.commit();
        } catch (TemporalFailure failed) {
            run.discard();
            throw failed;
        }
        run.databases().forEach(run::prove);
        run.archives().forEach(run::proveArchive);
        run.redis().forEach(run::proveRedis);
        run.record();
        run.requireProven();
        run.prune();
        return run.tell(Duration.ofMillis(
                Workflow.currentTimeMillis() - Workflow.getInfo().getRunStartedTimestampMillis()));
    }
}
