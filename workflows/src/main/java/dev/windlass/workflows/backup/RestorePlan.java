package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.StoreName;

/** The plan, and what the request's open ends turned out to be. */
public record RestorePlan(Plan plan, Manifest manifest, DatabaseName database, StoreName source) {}
