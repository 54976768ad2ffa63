package dev.windlass.starter.deploy;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.deploy.Release;
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
                        + Amounts.time(deployed.took()) + "\n" + undelivered(deployed.undelivered());
            case DeployOutcome.RolledBack back ->
                "ROLLED BACK: " + words(back.refused()) + " was not kept, in " + Amounts.time(back.took())
                        + "\nreason: " + back.reason() + "\nserving: "
                        + back.serving()
                                .map(release -> words(release) + ", healthy")
                                .orElse("nothing, as before")
                        + "\n" + undelivered(back.undelivered());
            case DeployOutcome.NotApproved not ->
                "NOT APPROVED: " + words(not.release()) + "\nreason: " + not.reason() + "\nnothing was changed\n"
                        + undelivered(not.undelivered());
            case DeployOutcome.AlreadyServing same -> words(same.release()) + " serves already; nothing was changed\n";
        };
    }

    @Override
    public ExitCode exitCode(DeployOutcome outcome) {
        return switch (outcome) {
            case DeployOutcome.Deployed deployed -> ExitCode.OK;
            case DeployOutcome.AlreadyServing same -> ExitCode.OK;
            case DeployOutcome.RolledBack back -> ExitCode.NOT_KEPT;
            case DeployOutcome.NotApproved not -> ExitCode.NOT_KEPT;
        };
    }

    static String words(Release release) {
        return "version " + release.version() + " (" + release.abbreviated() + ")";
    }

    private static String instead(Optional<Release> before) {
        return before.map(release -> " instead of " + release.version()).orElse(", the first one");
    }

    private static String undelivered(List<String> channels) {
        StringBuilder lines = new StringBuilder();
        channels.forEach(
                channel -> lines.append("not notified: ").append(channel).append('\n'));
        return lines.toString();
    }
}
