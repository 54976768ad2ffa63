package dev.windlass.activities.deploy;

import dev.windlass.activities.deploy.TargetPlanning.Planned;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.deploy.PlanWithSchema;
import dev.windlass.runbooks.deploy.SchemaFit;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.deploy.DeployPlan;
import dev.windlass.workflows.deploy.DeployRequest;
import dev.windlass.workflows.kernel.PersonName;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.util.List;
import java.util.Optional;

/** Whether the schema bears the code that a deploy goes to. */
record SchemaCheck(SchemaLook schemas) {
    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: it may not, and the request does not accept that */
    DeployPlan checked(DeployRequest request, Planned planned, Optional<PersonName> requester, StepContext context) {
        SchemaObservation now = schemas.look(request.app(), request.environment(), context);
        SchemaFit fit = fit(planned, now);
        if (fit instanceof SchemaFit.Compared compared
                && !compared.unfit().isEmpty()
                && !request.accepted().contains(DeployRequest.SCHEMA)) {
            throw DeployFailures.schemaAhead(request, compared.unfit());
        }
        return new DeployPlan(
                PlanWithSchema.of(planned.plan(), request, now, fit),
                planned.release(),
                planned.before(),
                planned.policy(),
                requester,
                applied(now));
    }

    /** What serves already is not deployed again, so nothing is asked of it. */
    private static SchemaFit fit(Planned planned, SchemaObservation now) {
        return planned.kept()
                .filter(kept -> !planned.before().equals(Optional.of(kept.release())))
                .map(kept -> SchemaFit.of(kept.release().version(), kept.applied(), now))
                .orElseGet(SchemaFit.NewCode::new);
    }

    private static Optional<List<AppliedMigration>> applied(SchemaObservation now) {
        return switch (now) {
            case SchemaObservation.LeftAlone leftAlone -> Optional.empty();
            case SchemaObservation.Unseen unseen -> Optional.empty();
            case SchemaObservation.Seen seen ->
                Optional.of(seen.applied().stream()
                        .map(SchemaObservation.Marked::migration)
                        .toList());
        };
    }
}
