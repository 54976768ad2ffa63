package dev.windlass.workflows.recovery;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told about recoveries, once each: numbers, never rows. */
final class RecoveryNotices {
    private static final int MOST_TABLES = 20;

    private final RecoverDatabaseRequest request;
    private final String workflowId;
    private final String runId;

    RecoveryNotices(RecoverDatabaseRequest request) {
        WorkflowInfo info = Workflow.getInfo();
        this.request = request;
        this.workflowId = info.getWorkflowId();
        this.runId = info.getRunId();
    }

    String subject() {
        return "recover " + request.database() + ": "
                + (request.isOfTheWhole()
                        ? "its copy takes its name"
                        : "missing rows of "
                                + request.tables().stream()
                                        .map(TableReference::value)
                                        .collect(Collectors.joining(", ")));
    }

    Notice rowsBack(RowsReport report, List<String> problems, Duration took) {
        long back = report.tables().stream().mapToLong(BroughtBack::back).sum();
        List<String> lines =
                new ArrayList<>(report.tables().stream().map(BroughtBack::words).toList());
        lines.addAll(problems);
        return notice(
                "rows-back",
                problems.isEmpty() ? Severity.GOOD : Severity.BAD,
                request.database() + ": " + Quantities.plural(back, "row") + " back in " + Quantities.time(took)
                        + (problems.isEmpty() ? "" : ", BUT not all is well"),
                lines);
    }

    Notice swapped(TwoCompared compared, SwapReport.Swapped names, List<String> problems, Duration took) {
        List<String> lines = new ArrayList<>(problems);
        lines.add(names.words());
        lines.addAll(numbers(compared));
        return notice(
                "swapped",
                problems.isEmpty() ? Severity.GOOD : Severity.BAD,
                request.database() + " recovered in " + Quantities.time(took) + ": its copy has taken its name"
                        + (problems.isEmpty() ? "" : ", BUT not all is well"),
                lines);
    }

    Notice nothingMissing(TwoCompared compared) {
        return notice(
                "nothing-missing",
                Severity.GOOD,
                request.database() + ": nothing is missing in "
                        + request.tables().stream().map(TableReference::value).collect(Collectors.joining(", ")),
                numbers(compared));
    }

    Notice notApproved(TwoCompared compared, Closing closing, String reason) {
        List<String> lines = new ArrayList<>(List.of("the live database was not touched, the copy is gone"));
        lines.addAll(numbers(compared));
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                "recovery of " + request.database() + " was not approved: " + firstLine(reason),
                lines);
    }

    Notice keptChanging(TwoCompared compared, int tries) {
        List<String> lines = new ArrayList<>(List.of(
                "the live database was not touched, the copy is gone",
                "stop what writes into it, then start the recovery again",
                "see: runbooks/recover-database.md#kept-changing"));
        lines.addAll(numbers(compared));
        return notice(
                "kept-changing",
                Severity.BAD,
                "recovery of " + request.database() + " given up: somebody wrote into it each of " + tries
                        + " times that its copy was to take its name",
                lines);
    }

    Notice glassBroken(String person, String reason) {
        return notice(
                "break-glass",
                Severity.BAD,
                "BREAK-GLASS: " + person + " approved alone: " + subject() + ": " + firstLine(reason),
                List.of("a review stays open until somebody else closes it: windlass approvals"));
    }

    Notice broken(Throwable thrown, String standing) {
        List<String> lines = new ArrayList<>(List.of(standing));
        Failure.in(thrown).ifPresent(known -> {
            lines.add("hint: " + known.hint());
            lines.add("see: runbooks/" + known.anchor());
        });
        return notice(
                "broken",
                Severity.BAD,
                "recovery of " + request.database() + " failed: "
                        + firstLine(Failure.in(thrown).map(Failure::fact).orElseGet(() -> Failure.messageOf(thrown))),
                lines);
    }

    private static List<String> numbers(TwoCompared compared) {
        List<String> lines = new ArrayList<>(compared.tables().stream()
                .limit(MOST_TABLES)
                .map(table -> table.table() + ": " + table.words())
                .toList());
        if (compared.tables().size() > MOST_TABLES) {
            lines.add("and " + (compared.tables().size() - MOST_TABLES) + " tables more");
        }
        lines.add("every row by its key: " + compared.report() + " on the worker's host");
        return lines;
    }

    private Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        return new Notice(runId + "/" + kind, severity, headline, lines, workflowId, runId);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
