package dev.windlass.starter.stagingsync;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Group;
import dev.windlass.workflows.stagingsync.AnonymizationReport.OfTable;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Probe;
import dev.windlass.workflows.stagingsync.CopiedSet;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome.NotApproved;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome.Synced;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** A copy's report for people who decide about data. It promises no more than is true. */
final class AnonymizationText implements Runbook.Report<StagingSyncOutcome> {
    @Override
    public String tell(StagingSyncOutcome outcome, Instant now) {
        return switch (outcome) {
            case Synced synced ->
                synced.report()
                        .map(report -> text(synced, report))
                        .orElse("this run is from before there were reports; windlass run wait shows its outcome\n");
            case NotApproved not -> "no copy was made: it was not approved\n";
        };
    }

    private static String text(Synced synced, AnonymizationReport report) {
        StringBuilder text = new StringBuilder();
        text.append("PSEUDONYMISED COPY, DIRECT IDENTIFIERS REMOVED\n")
                .append("copy:   ")
                .append(synced.target())
                .append(", of ")
                .append(synced.source())
                .append("\nmade of: ")
                .append(synced.of().map(CopiedSet::words).orElse("production, as it was then"))
                .append("\nrules:  classification ")
                .append(report.classification())
                .append(
                        "\nkey:    32 random bytes in the worker's memory, destroyed with the run: from a pseudonym that is made")
                .append(" from a value there is no way back, and it links no two copies\nrows:   ")
                .append(Amounts.count(report.scanned()))
                .append(
                        " were looked at in the finished copy; but for the team's and own_values of the classification, none")
                .append(" holds what has the form of a real address, number or account\n");
        if (!synced.rewritten().isEmpty()) {
            text.append("after_sql: its statements changed ")
                    .append(synced.rewritten().stream().map(Amounts::count).collect(Collectors.joining(", ")))
                    .append(" rows\n");
        }
        text.append("\nTables\n");
        report.tables().forEach(table -> text.append(table(table)));
        text.append("\nSmall groups\n").append(groups(report));
        text.append("\nOriginals that were searched for in the copy, and are not there\n")
                .append(probes(report));
        text.append("\nWhat remains\n").append(remains(report));
        return text.toString();
    }

    private static String table(OfTable table) {
        StringBuilder text = new StringBuilder("  " + table.table() + ": " + Amounts.count(table.rows(), "row")
                + "; masked: "
                + (table.masks().isEmpty()
                        ? "none"
                        : table.masks().entrySet().stream()
                                .map(mask -> mask.getKey() + " " + mask.getValue())
                                .collect(Collectors.joining(", ")))
                + "\n");
        table.kept()
                .forEach((column, reason) -> text.append("    kept ")
                        .append(column)
                        .append(": ")
                        .append(reason)
                        .append('\n'));
        return text.toString();
    }

    private static String groups(AnonymizationReport report) {
        return report.groups().isEmpty()
                ? "  no quasi_identifiers are declared, so nobody has counted them\n"
                : report.groups().stream().map(AnonymizationText::group).collect(Collectors.joining());
    }

    private static String group(Group group) {
        return "  " + group.table() + " (" + String.join(", ", group.columns()) + "): "
                + Amounts.count(group.below()) + " of "
                + Amounts.count(group.rows(), "row") + " in groups below " + group.atLeast()
                + "; the smallest group has "
                + Amounts.count(group.smallest()) + "\n";
    }

    private static String probes(AnonymizationReport report) {
        return report.probes().isEmpty()
                ? "  none\n"
                : report.probes().stream().map(AnonymizationText::probe).collect(Collectors.joining());
    }

    private static String probe(Probe probe) {
        return "  " + probe.column() + ": " + Amounts.count(probe.originals()) + "\n";
    }

    private static String remains(AnonymizationReport report) {
        long alone = report.groups().stream().mapToLong(Group::below).sum();
        Optional<String> counted = alone == 0
                ? Optional.empty()
                : Optional.of(
                        "  " + Amounts.count(alone) + " rows are in groups so small that whoever knows these values of"
                                + " somebody may know the row.\n");
        return "  This is personal data still, and the rules for it apply to staging: access, retention, notice of a breach.\n"
                + "  What is kept, and when rows were written, can point to one person together, for somebody who knows"
                + " enough of them.\n"
                + counted.orElse("")
                + numbered(report)
                + "  Keys that are kept lead from a row to the same row of production, and of other copies.\n"
                + "  Names and free text have no form by which they could be known: what a column holds against its"
                + " description passes there, where it is kept.\n";
    }

    private static String numbered(AnonymizationReport report) {
        String columns = report.tables().stream()
                .flatMap(table -> table.numbered().entrySet().stream()
                        .map(column -> table.table() + "." + column.getKey() + " from " + column.getValue()))
                .collect(Collectors.joining(", "));
        return columns.isEmpty()
                ? ""
                : "  Made from the row's own key without the run's, so that the key can be read from them, and the same in every copy: "
                        + columns + ".\n";
    }

    @Override
    public ExitCode exitCode(StagingSyncOutcome outcome) {
        return switch (outcome) {
            case Synced synced -> synced.report().isPresent() ? ExitCode.OK : ExitCode.NOT_FOUND;
            case NotApproved not -> ExitCode.NOT_FOUND;
        };
    }
}
