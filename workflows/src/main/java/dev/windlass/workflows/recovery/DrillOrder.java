package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource.PointInTime;

/** @param step exactly what is done */
public record DrillOrder(DatabaseName database, PointInTime source, Step step) {}
