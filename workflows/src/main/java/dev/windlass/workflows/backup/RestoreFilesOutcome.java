package dev.windlass.workflows.backup;

import java.time.Duration;

/** The new directory and how it compares with what the set recorded. */
public record RestoreFilesOutcome(SetId set, String into, ArchiveProof comparison, Duration took) {}
