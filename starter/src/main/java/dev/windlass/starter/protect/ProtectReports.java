package dev.windlass.starter.protect;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.protect.PhysicalBackupOutcome;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.StructureCheckOutcome;
import dev.windlass.workflows.protect.WatchOutcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The outcome of setting up a protection, for a person and for a script. */
final class ProtectReports implements Runbook.Report<ProtectOutcome> {
    @Override
    public String tell(ProtectOutcome outcome, Instant now) {
        return switch (outcome) {
            case ProtectOutcome.AlreadyProtected already ->
                "cluster " + already.cluster() + " is protected already; nothing was changed\n";
            case ProtectOutcome.Protected done ->
                "cluster " + done.cluster() + " is protected, set up in " + Amounts.time(done.took()) + "\n"
                        + undelivered(done.undelivered());
            case ProtectOutcome.WaitsForRestart waits ->
                "NOT PROTECTED YET: archive_mode is off, so PostgreSQL has to be restarted\nrestart it: "
                        + waits.command() + "\nthen:       windlass protect " + waits.cluster() + " --wait\n"
                        + undelivered(waits.undelivered());
            case ProtectOutcome.NotApproved not ->
                "NOT APPROVED: protection of cluster " + not.cluster() + "\nreason: " + not.reason()
                        + "\nnothing was changed\n" + undelivered(not.undelivered());
        };
    }

    @Override
    public ExitCode exitCode(ProtectOutcome outcome) {
        return switch (outcome) {
            case ProtectOutcome.AlreadyProtected already -> ExitCode.OK;
            case ProtectOutcome.Protected done -> ExitCode.OK;
            case ProtectOutcome.WaitsForRestart waits -> ExitCode.NOT_KEPT;
            case ProtectOutcome.NotApproved not -> ExitCode.NOT_KEPT;
        };
    }

    static String backup(PhysicalBackupOutcome outcome, Instant now) {
        return outcome.backup().type() + " backup " + outcome.backup().label() + " of "
                + Amounts.bytes(outcome.backup().databaseBytes()) + ", in " + Amounts.time(outcome.took()) + "\n"
                + undelivered(outcome.undelivered());
    }

    static String watch(WatchOutcome outcome, Instant now) {
        return outcome.known().isEmpty()
                ? "no finding\n"
                : outcome.known().stream()
                        .map(finding -> "FINDING " + finding.words() + "\n")
                        .collect(Collectors.joining());
    }

    static String structure(StructureCheckOutcome outcome, Instant now) {
        String leftOut = outcome.leftOut().stream()
                .map(name -> "NOT CHECKED: " + name + " has no extension amcheck\n")
                .collect(Collectors.joining());
        return "no damage in tables and indexes of " + String.join(", ", outcome.databases()) + ", in "
                + Amounts.time(outcome.took()) + "\n" + leftOut + undelivered(outcome.undelivered());
    }

    private static String undelivered(List<String> channels) {
        return channels.stream()
                .map(channel -> "not notified: " + channel + "\n")
                .collect(Collectors.joining());
    }
}
