package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;

/** @param plan after the comparison it binds the report as well */
public record RecoverDatabasePlan(Plan plan, RecoveryObservation observation) {}
