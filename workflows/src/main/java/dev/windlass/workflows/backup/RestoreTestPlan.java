package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.StoreName;

/** The plan, and what the request's open ends turned out to be. */
public record RestoreTestPlan(Plan plan, Manifest manifest, StoreName source) {}
