package dev.windlass.starter.migrate;

import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.starter.terminal.Amounts;
import dev.windlass.workflows.migrate.MigrateOutcome;
import java.time.Instant;
import java.util.List;

/** The outcome of a migration, for a person and for a script. */
public final class MigrateReport implements Runbook.Report<MigrateOutcome> {
    @Override
    public String tell(MigrateOutcome outcome, Instant now) {
        return switch (outcome) {
            case MigrateOutcome.NothingPending nothing ->
                "nothing is pending; " + nothing.applied().size() + " migrations are applied\n";
            case MigrateOutcome.Migrated migrated ->
                "migrated in " + Amounts.time(migrated.took()) + ": " + String.join(", ", migrated.migrations()) + "\n"
                        + migrated.verified() + "\n" + undelivered(migrated.undelivered());
            case MigrateOutcome.RehearsalFailed failed ->
                "THE REHEARSAL FAILED on set " + failed.rehearsal().set() + "\nreason: "
                        + failed.rehearsal().problem().orElse("")
                        + "\nnothing was changed, nobody was asked\n" + undelivered(failed.undelivered());
            case MigrateOutcome.NotApproved not ->
                "NOT APPROVED: " + String.join(", ", not.pending()) + "\nreason: " + not.reason()
                        + "\nnothing was changed\n" + undelivered(not.undelivered());
            case MigrateOutcome.Undone undone ->
                "UNDONE in " + Amounts.time(undone.took()) + "\nreason: " + undone.reason() + "\n" + undone.verified()
                        + "\n" + undelivered(undone.undelivered());
            case MigrateOutcome.NeedsHuman needs ->
                "NEEDS A HUMAN: the database is neither as before nor as planned\nreason: " + needs.reason()
                        + "\nknown: " + needs.known() + "\nsee: runbooks/migrate.md#neither-old-nor-new\n"
                        + undelivered(needs.undelivered());
        };
    }

    @Override
    public ExitCode exitCode(MigrateOutcome outcome) {
        return switch (outcome) {
            case MigrateOutcome.NothingPending nothing -> ExitCode.OK;
            case MigrateOutcome.Migrated migrated -> ExitCode.OK;
            case MigrateOutcome.RehearsalFailed failed -> ExitCode.NOT_KEPT;
            case MigrateOutcome.NotApproved not -> ExitCode.NOT_KEPT;
            case MigrateOutcome.Undone undone -> ExitCode.NOT_KEPT;
            case MigrateOutcome.NeedsHuman needs -> ExitCode.NOT_KEPT;
        };
    }

    private static String undelivered(List<String> channels) {
        StringBuilder lines = new StringBuilder();
        channels.forEach(
                channel -> lines.append("not notified: ").append(channel).append('\n'));
        return lines.toString();
    }
}
