package dev.windlass.workflows.stagingsync;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.util.ArrayList;
import java.util.List;

/** What people are told about a sync, once each. */
final class StagingSyncNotices {
    private final StagingSyncRequest request;
    private final WorkflowInfo info = Workflow.getInfo();

    StagingSyncNotices(StagingSyncRequest request) {
        this.request = request;
    }

    String subject() {
        return "staging-sync " + request.database();
    }

    Notice synced(StagingSyncOutcome.Synced synced) {
        List<String> lines = new ArrayList<>(synced.problems());
        lines.add(synced.copy().total() + " rows, masked by " + synced.classification());
        lines.add("what it was is kept as " + synced.replaced());
        return notice(
                "synced",
                synced.problems().isEmpty() ? Severity.GOOD : Severity.BAD,
                synced.target() + " is a masked copy of " + synced.source() + " since now, after "
                        + Quantities.time(synced.took()),
                lines);
    }

    Notice notApproved(Closing closing, String reason) {
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                subject() + " was not approved: " + firstLine(reason),
                List.of("nothing was copied"));
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
                subject() + " failed: "
                        + firstLine(Failure.in(thrown).map(Failure::fact).orElseGet(() -> Failure.messageOf(thrown))),
                lines);
    }

    private Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        return new Notice(
                info.getRunId() + "/" + kind, severity, headline, lines, info.getWorkflowId(), info.getRunId());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
