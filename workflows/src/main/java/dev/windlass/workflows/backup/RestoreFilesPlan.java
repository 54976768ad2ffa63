package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Plan;

/** The plan, and the set it is about. */
public record RestoreFilesPlan(Plan plan, Manifest manifest) {}
