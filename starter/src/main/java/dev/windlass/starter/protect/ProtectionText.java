package dev.windlass.starter.protect;

import dev.windlass.starter.terminal.Amounts;
import dev.windlass.starter.terminal.Table;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.protect.ProtectionStatus;
import java.time.Duration;
import java.util.Optional;

/** The status of a protection, for a person. */
final class ProtectionText {
    private ProtectionText() {}

    static String of(ProtectionStatus status) {
        Table table = new Table().left("CLUSTER " + status.cluster()).left("");
        status.position().ifPresent(position -> table.row("server writes at", position));
        table.row("last WAL archived", lastArchived(status));
        table.row(
                "WAL waiting",
                status.waiting() == 0
                        ? "none"
                        : Amounts.count(status.waiting(), "segment") + ", the oldest for "
                                + Amounts.time(status.waitingFor()));
        table.row("archive_command failed", Amounts.count(status.failed(), "time"));
        table.row("pg_wal", Amounts.bytes(status.walBytes()));
        table.row("newest full backup", backup(status, status.newestFull()));
        table.row("newest backup", backup(status, status.newest()));
        StringBuilder text = new StringBuilder(table.toString());
        text.append(status.findings().isEmpty() ? "no finding\n" : "");
        status.findings()
                .forEach(finding ->
                        text.append("FINDING ").append(finding.words()).append('\n'));
        if (!status.findings().isEmpty()) {
            text.append("see: runbooks/protect.md#findings\n");
        }
        return text.toString();
    }

    private static String lastArchived(ProtectionStatus status) {
        return status.lastArchived()
                .map(segment -> segment
                        + status.lastArchivedAt()
                                .map(at -> ", " + Amounts.time(Duration.between(at, status.seenAt())) + " ago")
                                .orElse(""))
                .orElse("none");
    }

    private static String backup(ProtectionStatus status, Optional<PhysicalBackup> backup) {
        return backup.map(made -> made.label() + ", " + Amounts.time(Duration.between(made.end(), status.seenAt()))
                        + " ago, of " + Amounts.bytes(made.databaseBytes()))
                .orElse("none");
    }
}
