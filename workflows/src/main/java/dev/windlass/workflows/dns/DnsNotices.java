package dev.windlass.workflows.dns;

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

/** What people are told about names that are led elsewhere, once each. */
final class DnsNotices {
    private final RecoverDnsRequest request;
    private final WorkflowInfo info = Workflow.getInfo();

    DnsNotices(RecoverDnsRequest request) {
        this.request = request;
    }

    /** {@code recover dns to 198.51.100.7}. */
    String subject() {
        return "recover dns "
                + request.back()
                        .map(run -> "back to before " + run)
                        .orElseGet(() -> "to "
                                + String.join(
                                        ", ",
                                        request.to().stream()
                                                .map(Address::value)
                                                .toList()));
    }

    Notice switched(List<RecordMove> moves, List<String> problems, Duration took) {
        List<String> lines = new ArrayList<>(problems);
        moves.forEach(move -> lines.add(move.from().label() + ": " + move.words()));
        lines.add("back: windlass recover dns --back " + info.getWorkflowId());
        return notice(
                "switched",
                problems.isEmpty() ? Severity.GOOD : Severity.BAD,
                Quantities.plural(moves.size(), "record") + " led elsewhere in " + Quantities.time(took) + ": "
                        + subject() + (problems.isEmpty() ? "" : ", BUT not all is well"),
                lines);
    }

    Notice notApproved(Closing closing, String reason) {
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                subject() + " was not approved: " + firstLine(reason),
                List.of("no record was changed"));
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
