package dev.windlass.starter.stagingsync;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.stagingsync.CopiedSet;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome.NotApproved;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome.Synced;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What staging is now, and what it is not. */
final class StagingSyncReport implements Runbook.Report<StagingSyncOutcome> {
    @Override
    public String tell(StagingSyncOutcome outcome, Instant now) {
        return switch (outcome) {
            case Synced synced -> synced(synced);
            case NotApproved not ->
                "NOT APPROVED\nreason: " + not.reason() + "\nnothing was copied\n"
                        + lines("not notified: ", not.undelivered());
        };
    }

    private static String synced(Synced synced) {
        return synced.target() + " is a pseudonymised copy of " + synced.source()
                + ", direct identifiers removed; made in "
                + Amounts.time(synced.took()) + "\n"
                + "masked by:    classification " + synced.classification() + "\n"
                + "key:          32 random bytes in the worker's memory, gone with the run\n"
                + "made of:      "
                + synced.of().map(CopiedSet::words).orElse("production, as it was then") + "\n"
                + "rows:         " + synced.copy().total() + " in "
                + synced.copy().rows().size() + " tables\n"
                + "looked at:    every row on its way, and " + synced.scanned()
                + " rows in the finished copy: nothing in them has the form of a real address, number or account\n"
                + "not looked at: names and free text, for which there is only the mask; encoded values\n"
                + "what remains: amounts, times and places that are kept can point to one person together. It is not"
                + " anonymous, and the rules for personal data go on applying to staging\n"
                + (synced.rewritten().isEmpty()
                        ? ""
                        : "after_sql:    its statements changed "
                                + synced.rewritten().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", "))
                                + " rows\n")
                + synced.flushed()
                        .map(redis -> "emptied:      " + redis.place() + ", which had " + redis.keys() + " keys\n")
                        .orElse("")
                + synced.smoked().map(good -> "works:        " + good + "\n").orElse("")
                + "kept:         what it was, as " + synced.replaced() + ", until a sync after the hours of keep_old\n"
                + lines("dropped:      ", synced.dropped())
                + lines("NOT WELL: ", synced.problems())
                + lines("not notified: ", synced.undelivered());
    }

    private static String lines(String start, List<String> each) {
        StringBuilder lines = new StringBuilder();
        each.forEach(line -> lines.append(start).append(line).append('\n'));
        return lines.toString();
    }

    @Override
    public ExitCode exitCode(StagingSyncOutcome outcome) {
        return switch (outcome) {
            case Synced synced -> synced.problems().isEmpty() ? ExitCode.OK : ExitCode.NOT_KEPT;
            case NotApproved not -> ExitCode.NOT_KEPT;
        };
    }
}
