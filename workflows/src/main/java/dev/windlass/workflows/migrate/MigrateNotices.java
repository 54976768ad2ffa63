package dev.windlass.workflows.migrate;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people are told about migrations, once each. */
final class MigrateNotices {
    private final MigrateRequest request;
    private final List<String> beside;
    private final String workflowId;
    private final String runId;

    /** @param beside what else is to be told where the migration does not end well, a line each */
    MigrateNotices(MigrateRequest request, List<String> beside) {
        WorkflowInfo info = Workflow.getInfo();
        this.request = request;
        this.beside = List.copyOf(beside);
        this.workflowId = info.getWorkflowId();
        this.runId = info.getRunId();
    }

    static List<String> pending(MigratePlan plan) {
        return plan.observation().state().pending().stream()
                .map(Migration::name)
                .toList();
    }

    /** For one line: {@code 0003_add_colour}, or {@code 0003_add_colour and 2 more}. */
    static String names(MigratePlan plan) {
        List<String> names = pending(plan);
        return names.getFirst() + (names.size() == 1 ? "" : " and " + (names.size() - 1) + " more");
    }

    Notice migrated(MigratePlan plan, Duration took) {
        return notice(
                "migrated",
                Severity.GOOD,
                where() + " migrated in " + Quantities.time(took) + ": " + names(plan),
                List.of("applied: " + String.join(", ", pending(plan))));
    }

    Notice rehearsalFailed(Rehearsal rehearsal) {
        return notice(
                "rehearsal-failed",
                Severity.BAD,
                "migration of " + where() + " failed in its rehearsal: "
                        + firstLine(rehearsal.problem().orElse("")),
                lines("nothing was changed, nobody was asked", "rehearsed on set " + rehearsal.set()));
    }

    Notice notApproved(MigratePlan plan, Closing closing, String reason) {
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                "migration of " + where() + " was not approved: " + firstLine(reason),
                List.of("nothing was changed", "pending: " + String.join(", ", pending(plan))));
    }

    Notice glassBroken(MigratePlan plan, String person, String reason) {
        return notice(
                "break-glass",
                Severity.BAD,
                "BREAK-GLASS: " + person + " approved the migration " + names(plan) + " of " + where() + " alone: "
                        + firstLine(reason),
                List.of("a review stays open until somebody else closes it: windlass approvals"));
    }

    /** @param putBack where a restore was the way back: what is lost, and where it can be found */
    Notice undone(MigratePlan plan, String reason, Duration took, Optional<String> putBack) {
        return notice(
                "undone",
                Severity.BAD,
                "migration of " + where() + " undone in " + Quantities.time(took) + ": " + firstLine(reason),
                lines(putBack, "the database stands as before", "pending: " + String.join(", ", pending(plan))));
    }

    Notice needsHuman(MigratePlan plan, String reason, String known, Optional<String> putBack) {
        return notice(
                "needs-human",
                Severity.BAD,
                "migration of " + where() + " NEEDS A HUMAN: the database is neither as before nor as planned",
                lines(
                        putBack,
                        "it went back because: " + firstLine(reason),
                        "what is known: " + firstLine(known),
                        "see: runbooks/migrate.md#neither-old-nor-new"));
    }

    Notice broken(Throwable thrown) {
        Optional<Failure> failure = Failure.in(thrown);
        return notice(
                "broken",
                Severity.BAD,
                "migration of " + where() + " failed: "
                        + firstLine(failure.map(Failure::fact).orElseGet(() -> Failure.messageOf(thrown))),
                failure.map(known -> List.of("hint: " + known.hint(), "see: runbooks/" + known.anchor()))
                        .orElse(List.of()));
    }

    private List<String> lines(String... own) {
        return lines(Optional.empty(), own);
    }

    private List<String> lines(Optional<String> last, String... own) {
        return Stream.of(Stream.of(own), last.stream(), beside.stream())
                .flatMap(each -> each)
                .toList();
    }

    private String where() {
        return request.app() + " " + request.environment();
    }

    private Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        return new Notice(runId + "/" + kind, severity, headline, lines, workflowId, runId);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
