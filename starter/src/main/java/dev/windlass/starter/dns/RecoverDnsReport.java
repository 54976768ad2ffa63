package dev.windlass.starter.dns;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.dns.RecoverDnsOutcome;
import dev.windlass.workflows.dns.RecoverDnsOutcome.AlreadyThere;
import dev.windlass.workflows.dns.RecoverDnsOutcome.NotApproved;
import dev.windlass.workflows.dns.RecoverDnsOutcome.Switched;
import java.time.Instant;
import java.util.List;

/** Where the names lead now, for a person and for a script. */
final class RecoverDnsReport implements Runbook.Report<RecoverDnsOutcome> {
    @Override
    public String tell(RecoverDnsOutcome outcome, Instant now) {
        return switch (outcome) {
            case AlreadyThere there ->
                "the records of zone " + there.zone() + " are so already; nothing was changed, nobody was asked\n";
            case Switched switched ->
                "led elsewhere in " + Amounts.time(switched.took()) + "\n"
                        + lines(
                                "  ",
                                switched.moves().stream()
                                        .map(move -> move.from().label() + ": " + move.words())
                                        .toList())
                        + lines("NOT WELL: ", switched.problems())
                        + lines("not notified: ", switched.undelivered())
                        + "back: windlass recover dns --back " + switched.run() + "\n";
            case NotApproved not ->
                "NOT APPROVED\nreason: " + not.reason() + "\nno record was changed\n"
                        + lines("not notified: ", not.undelivered());
        };
    }

    private static String lines(String start, List<String> each) {
        StringBuilder lines = new StringBuilder();
        each.forEach(line -> lines.append(start).append(line).append('\n'));
        return lines.toString();
    }

    @Override
    public ExitCode exitCode(RecoverDnsOutcome outcome) {
        return switch (outcome) {
            case AlreadyThere there -> ExitCode.OK;
            case Switched switched -> switched.problems().isEmpty() ? ExitCode.OK : ExitCode.NOT_KEPT;
            case NotApproved not -> ExitCode.NOT_KEPT;
        };
    }
}
