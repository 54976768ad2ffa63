package dev.windlass.workflows.backup;

import java.time.Duration;

/** The new database and how it compares with what the set recorded. */
public record RestoreOutcome(SetId set, String into, DatabaseProof comparison, Duration took) {}
