package dev.windlass.worker.schedules;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.RestoreTestWorkflow;
import java.util.List;
import java.util.Optional;

/** Every schedule that ops.yml asks for. */
final class RunbookSchedules {
    private static final String REQUESTED_BY = "schedule";

    private RunbookSchedules() {}

    static List<DesiredSchedule> of(Operations operations) {
        return List.of(
                new DesiredSchedule(
                        DesiredSchedule.PREFIX + "backup",
                        BackupWorkflow.class,
                        new BackupRequest(List.of(), REQUESTED_BY),
                        "backup",
                        "back up every database, prove it, sync it",
                        operations.backup().schedule()),
                new DesiredSchedule(
                        DesiredSchedule.PREFIX + "restore-test",
                        RestoreTestWorkflow.class,
                        new RestoreTestRequest(Optional.empty(), Optional.empty(), Optional.empty(), REQUESTED_BY),
                        "restore-test",
                        "restore the newest proven set and compare it",
                        operations.backup().restoreTest()));
    }
}
