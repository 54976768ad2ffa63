package dev.windlass.starter.recovery;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome.KeptChanging;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome.NotApproved;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome.NothingMissing;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome.RowsBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome.Swapped;
import dev.windlass.workflows.recovery.TwoCompared;
import java.time.Instant;
import java.util.List;

/** The outcome of a recovery, for a person and for a script: numbers, and where the rows are listed. */
final class RecoverDatabaseReport implements Runbook.Report<RecoverDatabaseOutcome> {
    @Override
    public String tell(RecoverDatabaseOutcome outcome, Instant now) {
        String words = switch (outcome) {
            case NothingMissing nothing -> "nothing is missing, so nothing was changed; nobody was asked\n";
            case RowsBack back ->
                "rows back in " + Amounts.time(back.took()) + "\n"
                        + lines(
                                "  ",
                                back.tables().stream().map(BroughtBack::words).toList())
                        + lines("NOT WELL: ", back.smoke()) + lines("not notified: ", back.undelivered());
            case Swapped swapped ->
                "recovered in " + Amounts.time(swapped.took()) + "\n"
                        + swapped.names().words() + "\n" + lines("NOT WELL: ", swapped.smoke())
                        + lines("not notified: ", swapped.undelivered());
            case NotApproved not ->
                "NOT APPROVED\nreason: " + not.reason() + "\nthe live database was not touched, the copy is gone\n"
                        + lines("not notified: ", not.undelivered());
            case KeptChanging changing ->
                "GIVEN UP: somebody wrote into the live database each of " + changing.tries()
                        + " times that the copy was to take its name\n"
                        + "it was not touched, the copy is gone; stop what writes, then start again\n"
                        + "see: runbooks/recover-database.md#kept-changing\n"
                        + lines("not notified: ", changing.undelivered());
        };
        return words + compared(outcome.compared());
    }

    private static String compared(TwoCompared compared) {
        StringBuilder words = new StringBuilder(
                "compared: " + compared.tables().size() + " tables differed, " + compared.equal() + " were equal\n");
        compared.tables()
                .forEach(table -> words.append("  ")
                        .append(table.table())
                        .append(": ")
                        .append(table.words())
                        .append('\n'));
        return words.append("every row by its key: ")
                .append(compared.report())
                .append(" on the worker's host\nsha256 ")
                .append(compared.sha256())
                .append('\n')
                .toString();
    }

    private static String lines(String start, List<String> each) {
        StringBuilder lines = new StringBuilder();
        each.forEach(line -> lines.append(start).append(line).append('\n'));
        return lines.toString();
    }

    @Override
    public ExitCode exitCode(RecoverDatabaseOutcome outcome) {
        return switch (outcome) {
            case NothingMissing nothing -> ExitCode.OK;
            case RowsBack back -> back.smoke().isEmpty() ? ExitCode.OK : ExitCode.NOT_KEPT;
            case Swapped swapped -> swapped.smoke().isEmpty() ? ExitCode.OK : ExitCode.NOT_KEPT;
            case NotApproved not -> ExitCode.NOT_KEPT;
            case KeptChanging changing -> ExitCode.NOT_KEPT;
        };
    }
}
