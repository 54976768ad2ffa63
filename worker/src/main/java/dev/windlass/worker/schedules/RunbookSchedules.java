package dev.windlass.worker.schedules;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.CronSchedule;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.RestoreTestWorkflow;
import dev.windlass.workflows.protect.BackupKind;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.PhysicalBackupWorkflow;
import dev.windlass.workflows.protect.ProtectionWatchWorkflow;
import dev.windlass.workflows.protect.StructureCheckRequest;
import dev.windlass.workflows.protect.StructureCheckWorkflow;
import dev.windlass.workflows.protect.WatchRequest;
import dev.windlass.workflows.recovery.DrillDatabaseWorkflow;
import dev.windlass.workflows.recovery.DrillRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every schedule that ops.yml asks for. */
final class RunbookSchedules {
    private static final String REQUESTED_BY = "schedule";

    private RunbookSchedules() {}

    static List<DesiredSchedule> of(Operations operations) {
        List<DesiredSchedule> schedules = new ArrayList<>(backups(operations));
        operations.clusters().values().forEach(cluster -> schedules.addAll(protection(cluster)));
        return schedules;
    }

    private static List<DesiredSchedule> protection(Cluster cluster) {
        List<DesiredSchedule> schedules = new ArrayList<>(archive(cluster));
        if (cluster.amcheck().depth() != Cluster.Amcheck.Depth.OFF) {
            schedules.add(structureCheck(cluster));
        }
        schedules.add(drill(cluster));
        return schedules;
    }

    private static DesiredSchedule drill(Cluster cluster) {
        String id = "drill-database-" + cluster.name();
        return new DesiredSchedule(
                DesiredSchedule.PREFIX + id,
                DrillDatabaseWorkflow.class,
                new DrillRequest(cluster.database(), REQUESTED_BY),
                id,
                "recover database " + cluster.database() + " beside the live one, and measure it",
                cluster.drill().schedule());
    }

    private static DesiredSchedule structureCheck(Cluster cluster) {
        String id = "protect-amcheck-" + cluster.name();
        return new DesiredSchedule(
                DesiredSchedule.PREFIX + id,
                StructureCheckWorkflow.class,
                new StructureCheckRequest(cluster.name(), REQUESTED_BY),
                id,
                "look for damage in tables and indexes of cluster " + cluster.name(),
                cluster.amcheck().schedule());
    }

    private static List<DesiredSchedule> archive(Cluster cluster) {
        return List.of(
                physicalBackup(cluster, BackupKind.FULL, cluster.full()),
                physicalBackup(cluster, BackupKind.DIFFERENTIAL, cluster.differential()),
                new DesiredSchedule(
                        DesiredSchedule.PREFIX + "protect-watch-" + cluster.name(),
                        ProtectionWatchWorkflow.class,
                        new WatchRequest(cluster.name()),
                        "protect-watch-" + cluster.name(),
                        "see whether cluster " + cluster.name() + " is protected",
                        cluster.watch()));
    }

    private static DesiredSchedule physicalBackup(Cluster cluster, BackupKind kind, CronSchedule when) {
        String id = "protect-" + kind.words() + "-" + cluster.name();
        return new DesiredSchedule(
                DesiredSchedule.PREFIX + id,
                PhysicalBackupWorkflow.class,
                new PhysicalBackupRequest(cluster.name(), kind, REQUESTED_BY),
                id,
                kind.words() + " physical backup of cluster " + cluster.name(),
                when);
    }

    private static List<DesiredSchedule> backups(Operations operations) {
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
