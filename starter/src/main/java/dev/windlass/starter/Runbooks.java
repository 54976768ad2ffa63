package dev.windlass.starter;

import dev.windlass.starter.backup.BackupRunbooks;
import dev.windlass.starter.deploy.DeployRunbooks;
import dev.windlass.starter.dns.DnsRunbooks;
import dev.windlass.starter.migrate.MigrateRunbooks;
import dev.windlass.starter.protect.ProtectRunbooks;
import dev.windlass.starter.recovery.RecoveryRunbooks;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.stagingsync.StagingSyncRunbooks;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of run the command line knows. */
final class Runbooks {
    static final List<Runbook<?, ?>> ALL = Stream.of(
                    BackupRunbooks.ALL,
                    DeployRunbooks.ALL,
                    MigrateRunbooks.ALL,
                    ProtectRunbooks.ALL,
                    RecoveryRunbooks.ALL,
                    DnsRunbooks.ALL,
                    StagingSyncRunbooks.ALL)
            .flatMap(List::stream)
            .toList();

    private Runbooks() {}

    static String nameOf(String workflowType) {
        return ALL.stream()
                .filter(runbook -> runbook.workflowType().equals(workflowType))
                .map(Runbook::name)
                .findFirst()
                .orElse(workflowType);
    }

    static Runbook<?, ?> of(String workflowType, String workflowId) {
        return ALL.stream()
                .filter(runbook -> runbook.workflowType().equals(workflowType))
                .findFirst()
                .orElseThrow(() -> new Complaint(
                        "run " + workflowId + " is a " + workflowType + ", which is no runbook",
                        "list the runs: windlass runs",
                        "windlass help exit-codes",
                        ExitCode.NOT_FOUND));
    }
}
