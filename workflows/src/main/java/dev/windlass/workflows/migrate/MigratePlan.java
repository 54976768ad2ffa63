package dev.windlass.workflows.migrate;

import dev.windlass.workflows.kernel.Plan;

/** @param plan binds the files by their checksums, and the schema that the rehearsal ended with */
public record MigratePlan(Plan plan, MigrateObservation observation, Rehearsal rehearsal) {}
