package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Closing;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.notify.Notice;
import dev.windlass.workflows.notify.Notice.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What people are told about deploys, once each. */
final class DeployNotices {
    private final DeployRequest request;
    private final String workflowId;
    private final String runId;

    DeployNotices(DeployRequest request, String workflowId, String runId) {
        this.request = request;
        this.workflowId = workflowId;
        this.runId = runId;
    }

    Notice deployed(DeployPlan plan, Duration took, SchemaChange schema) {
        return notice(
                "deployed",
                Severity.GOOD,
                where() + " serves " + plan.release().version()
                        + plan.before()
                                .map(before -> " instead of " + before.version())
                                .orElse(", its first version")
                        + ", in " + Quantities.time(took),
                lines("content " + plan.release().content(), schema.words()));
    }

    Notice rolledBack(DeployPlan plan, String reason, Duration took, SchemaChange schema) {
        return notice(
                "rolled-back",
                Severity.BAD,
                "deploy of " + plan.release().version() + " to " + where() + " rolled back in " + Quantities.time(took)
                        + ": " + firstLine(reason),
                lines(
                        plan.before()
                                .map(before -> "serving: " + before.version() + ", healthy")
                                .orElse("serving: nothing, as before"),
                        stays(schema)));
    }

    /** For a run that was cancelled: the way back does not go over the schema. */
    Notice schemaStays(SchemaChange schema) {
        return notice(
                "schema-stays",
                Severity.BAD,
                "deploy of " + request.version() + " to " + where() + " was cancelled after it had migrated",
                stays(schema));
    }

    private static List<String> stays(SchemaChange schema) {
        return schema.applied().isEmpty()
                ? schema.words()
                : lines("the migrations stay: the version before runs on with an expand migration", schema.words());
    }

    private static List<String> lines(String first, List<String> more) {
        return Stream.concat(Stream.of(first), more.stream()).toList();
    }

    Notice notApproved(DeployPlan plan, Closing closing, String reason) {
        return notice(
                "not-approved/" + closing.view().question().id(),
                Severity.BAD,
                "deploy of " + plan.release().version() + " to " + where() + " was not approved: " + firstLine(reason),
                List.of("nothing was changed"));
    }

    Notice glassBroken(DeployPlan plan, String person, String reason) {
        return notice(
                "break-glass",
                Severity.BAD,
                "BREAK-GLASS: " + person + " approved " + plan.release().version() + " for " + where() + " alone: "
                        + firstLine(reason),
                List.of("a review stays open until somebody else closes it: windlass approvals"));
    }

    /** @param reason used where the failure is not one of ours */
    Notice broken(Throwable thrown, String reason) {
        Optional<Failure> failure = Failure.in(thrown);
        return notice(
                "broken",
                Severity.BAD,
                "deploy of " + request.version() + " to " + where() + " failed: "
                        + firstLine(failure.map(Failure::fact).orElse(reason)),
                failure.map(known -> List.of("hint: " + known.hint(), "see: runbooks/" + known.anchor()))
                        .orElse(List.of()));
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
