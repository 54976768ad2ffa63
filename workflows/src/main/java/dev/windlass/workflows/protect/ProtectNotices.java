package dev.windlass.workflows.protect;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What people are told about the protection of a cluster, once each. */
final class ProtectNotices {
    private final ClusterName cluster;
    private final WorkflowInfo info = Workflow.getInfo();

    ProtectNotices(ClusterName cluster) {
        this.cluster = cluster;
    }

    Notice isProtected(Duration took) {
        return notice(
                "protected",
                Severity.GOOD,
                "cluster " + cluster + " is protected continuously, set up in " + Quantities.time(took),
                List.of("see how it stands: windlass protect status " + cluster));
    }

    Notice waitsForRestart(String command) {
        return notice(
                "waits",
                Severity.BAD,
                "cluster " + cluster + " is NOT protected before PostgreSQL was restarted",
                List.of("restart it: " + command, "then: windlass protect " + cluster));
    }

    Notice notApproved(Closing closing, String reason) {
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                "protection of cluster " + cluster + " was not approved: " + firstLine(reason),
                List.of("nothing was changed"));
    }

    Notice glassBroken(String person, String reason) {
        return notice(
                "break-glass",
                Severity.BAD,
                "BREAK-GLASS: " + person + " approved the protection of cluster " + cluster + " alone: "
                        + firstLine(reason),
                List.of("a review stays open until somebody else closes it: windlass approvals"));
    }

    /** @param what {@code setting up the protection}, {@code full backup} */
    Notice broken(String what, Throwable thrown) {
        Optional<Failure> failure = Failure.in(thrown);
        return notice(
                "broken",
                Severity.BAD,
                what + " of cluster " + cluster + " failed: "
                        + firstLine(failure.map(Failure::fact).orElseGet(() -> Failure.messageOf(thrown))),
                failure.map(known -> List.of("hint: " + known.hint(), "see: runbooks/" + known.anchor()))
                        .orElse(List.of()));
    }

    Notice begun(ProtectionFinding finding) {
        return notice(
                "begun/" + finding.kind(),
                Severity.BAD,
                "cluster " + cluster + ": " + firstLine(finding.words()),
                List.of("look: windlass protect status " + cluster, "see: runbooks/protect.md#findings"));
    }

    Notice over(ProtectionFinding finding) {
        return notice(
                "over/" + finding.kind(),
                Severity.GOOD,
                "cluster " + cluster + ", over: " + firstLine(finding.words()),
                List.of());
    }

    Notice notLookedAt(List<String> databases) {
        return notice(
                "not-looked-at",
                Severity.BAD,
                "cluster " + cluster + ": tables and indexes of " + String.join(", ", databases)
                        + " are not checked: no extension amcheck",
                List.of(
                        "in each of them, as a superuser: CREATE EXTENSION amcheck",
                        "see: runbooks/protect.md#amcheck"));
    }

    private Notice notice(String kind, Severity severity, String headline, List<String> lines) {
        return new Notice(
                info.getRunId() + "/" + kind, severity, headline, lines, info.getWorkflowId(), info.getRunId());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
