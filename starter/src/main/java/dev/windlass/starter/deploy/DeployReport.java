package dev.windlass.starter.deploy;

import dev.windlass.starter.migrate.MigrateReport;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.SchemaChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The outcome of a deploy, for a person and for a script. */
final class DeployReport implements Runbook.Report<DeployOutcome> {
    @Override
    public String tell(DeployOutcome outcome, Instant now) {
        return switch (outcome) {
            case DeployOutcome.Deployed deployed ->
                "deployed: " + words(deployed.release()) + " serves" + instead(deployed.before()) + ", in "
                        + Amounts.time(deployed.took()) + "\n"
                        + lines(deployed.schema().words())
                        + undelivered(deployed.undelivered());
            case DeployOutcome.RolledBack back ->
                "ROLLED BACK: " + words(back.refused()) + " was not kept, in " + Amounts.time(back.took())
                        + "\nreason: " + back.reason() + "\nserving: "
                        + back.serving()
                                .map(release -> words(release) + ", healthy")
                                .orElse("nothing, as before")
                        + "\n" + stays(back.schema()) + undelivered(back.undelivered());
            case DeployOutcome.NotApproved not ->
                "NOT APPROVED: " + words(not.release()) + "\nreason: " + not.reason() + "\nnothing was changed\n"
                        + undelivered(not.undelivered());
            case DeployOutcome.AlreadyServing same -> words(same.release()) + " serves already; nothing was changed\n";
            case DeployOutcome.NotMigrated not ->
                "NOT DEPLOYED: " + words(not.refused()) + ", since its migrations were not kept\nserving: "
                        + not.serving().map(DeployReport::words).orElse("nothing") + ", as before\n"
                        + new MigrateReport().tell(not.migration(), now);
        };
    }

    @Override
    public ExitCode exitCode(DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Deployed deployed -> ExitCode.OK;
            case DeployOutcome.AlreadyServing same -> ExitCode.OK;
            case DeployOutcome.RolledBack back -> ExitCode.NOT_KEPT;
            case DeployOutcome.NotApproved not -> ExitCode.NOT_KEPT;
            case DeployOutcome.NotMigrated not -> ExitCode.NOT_KEPT;
        };
    }

    static String words(Release release) {
        return "version " + release.version() + " (" + release.abbreviated() + ")";
    }

    private static String instead(Optional<Release> before) {
        return before.map(release -> " instead of " + release.version()).orElse(", the first one");
    }

    private static String stays(SchemaChange schema) {
        return schema.applied().isEmpty()
                ? lines(schema.words())
                : "the schema does not go back: the old version runs on with expand migrations\n"
                        + lines(schema.words());
    }

    private static String lines(List<String> words) {
        return words.stream().map(line -> line + "\n").reduce("", String::concat);
    }

    private static String undelivered(List<String> channels) {
        StringBuilder lines = new StringBuilder();
        channels.forEach(
                channel -> lines.append("not notified: ").append(channel).append('\n'));
        return lines.toString();
    }
}
