package dev.windlass.starter.migrate;

import dev.windlass.runbooks.page.PlanText;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.migrate.PlannedMigrations;
import java.time.Instant;

/** The plan of a migration, with what its rehearsal found. */
final class MigratePlanReport implements Runbook.Report<PlannedMigrations> {
    @Override
    public String tell(PlannedMigrations answer, Instant now) {
        return answer.plan()
                .map(planned -> planned.rehearsal()
                                .problem()
                                .map(problem -> "THE REHEARSAL FAILED, so this would not run: " + problem + "\n\n")
                                .orElse("")
                        + PlanText.of(planned.plan()))
                .orElseGet(() -> "nothing is pending; " + answer.applied().size() + " migrations are applied\n");
    }

    @Override
    public ExitCode exitCode(PlannedMigrations answer) {
        return answer.plan()
                        .filter(planned -> planned.rehearsal().problem().isPresent())
                        .isPresent()
                ? ExitCode.NOT_KEPT
                : ExitCode.OK;
    }
}
