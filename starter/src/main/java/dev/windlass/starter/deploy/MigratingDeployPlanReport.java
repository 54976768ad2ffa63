package dev.windlass.starter.deploy;

import dev.windlass.runbooks.page.PlanText;
import dev.windlass.starter.runs.ExitCode;
import dev.windlass.starter.runs.Runbook;
import dev.windlass.workflows.deploy.MigratingDeployPlan;
import java.time.Instant;
import java.util.Optional;

/** The plan of a deploy that migrates, with what its rehearsal found. */
final class MigratingDeployPlanReport implements Runbook.Report<MigratingDeployPlan> {
    @Override
    public String tell(MigratingDeployPlan answer, Instant now) {
        return problem(answer)
                        .map(words -> "THE REHEARSAL FAILED, so this would not run: " + words + "\n\n")
                        .orElse("")
                + PlanText.of(answer.plan());
    }

    @Override
    public ExitCode exitCode(MigratingDeployPlan answer) {
        return problem(answer).isPresent() ? ExitCode.NOT_KEPT : ExitCode.OK;
    }

    private static Optional<String> problem(MigratingDeployPlan answer) {
        return answer.migration().flatMap(planned -> planned.rehearsal().problem());
    }
}
