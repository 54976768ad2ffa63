package dev.windlass.workflows.deploy;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.Rehearsing;
import java.util.Optional;

/**
 * From a request to the one plan of a deploy that migrates: look at the database, rehearse what comes before the switch,
 * plan.
 *
 * @param seen what is pending up to the first contract migration
 * @param rehearsal none where nothing is, or it is not rehearsed yet
 */
record Preparing(
        DeployRequest request, MigrateRequest migrating, MigrateObservation seen, Optional<Rehearsal> rehearsal) {
    static Preparing of(DeployRequest request) {
        // The signature is over the whole request, and planning the deploy has looked at it.
        MigrateRequest migrating = new MigrateRequest(
                request.app(),
                request.environment(),
                request.accepted(),
                new Requester(request.requester().label(), Optional.empty()),
                MigrateRequest.Extent.EXPAND);
        return new Preparing(request, migrating, Rehearsing.observe(migrating), Optional.empty());
    }

    Preparing rehearse() {
        return with(seen.rehearse().map(step -> Rehearsing.rehearse(migrating, seen)));
    }

    Preparing with(Optional<Rehearsal> rehearsed) {
        return new Preparing(request, migrating, seen, rehearsed);
    }

    /** Whether the rehearsal is about what is pending: something to rehearse may have come, or gone, since. */
    boolean isRehearsed() {
        return seen.rehearse().isPresent() == rehearsal.isPresent();
    }

    MigratingDeployPlan plan(String summary) {
        return DeployStubs.planningBoth(summary)
                .planMigratingDeploy(new MigratingDeployOrder(request, migrating, seen, rehearsal));
    }
}
