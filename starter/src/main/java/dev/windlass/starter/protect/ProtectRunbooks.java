package dev.windlass.starter.protect;

import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.PhysicalBackupOutcome;
import dev.windlass.workflows.protect.PhysicalBackupRequest;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.StructureCheckOutcome;
import dev.windlass.workflows.protect.StructureCheckRequest;
import dev.windlass.workflows.protect.WatchOutcome;
import dev.windlass.workflows.protect.WatchRequest;
import java.util.List;

/** The runs of the protect runbook. */
public final class ProtectRunbooks {
    public static final Runbook<ProtectRequest, ProtectOutcome> PROTECT =
            new Runbook<>("protect", "Protect", TaskQueues.RUNS, ProtectOutcome.class, new ProtectReports());

    public static final Runbook<PhysicalBackupRequest, PhysicalBackupOutcome> BACKUP = new Runbook<>(
            "physical-backup", "PhysicalBackup", TaskQueues.RUNS, PhysicalBackupOutcome.class, ProtectReports::backup);

    public static final Runbook<WatchRequest, WatchOutcome> WATCH = new Runbook<>(
            "protect-watch", "ProtectionWatch", TaskQueues.RUNS, WatchOutcome.class, ProtectReports::watch);

    public static final Runbook<StructureCheckRequest, StructureCheckOutcome> STRUCTURE = new Runbook<>(
            "protect-amcheck",
            "StructureCheck",
            TaskQueues.RUNS,
            StructureCheckOutcome.class,
            ProtectReports::structure);

    static final String PLAN_QUESTION = "PlanProtect";

    static final String STATUS_QUESTION = "ProtectionStatus";

    public static final List<Runbook<?, ?>> ALL = List.of(PROTECT, BACKUP, WATCH, STRUCTURE);

    private ProtectRunbooks() {}
}
