package dev.windlass.workflows.deploy;

import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.Rehearsal;
import java.util.Optional;

/** @param rehearsal none where nothing comes before the deploy */
public record MigratingDeployOrder(
        DeployRequest request, MigrateRequest migrating, MigrateObservation seen, Optional<Rehearsal> rehearsal) {}
