package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.recovery.CopySource.PointInTime;

/** @param source the cluster that holds the database, and what leads to the moment */
public record DrillPlan(Plan plan, PointInTime source) {}
