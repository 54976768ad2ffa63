package dev.windlass.workflows.migrate;

public record MigratePlanOrder(MigrateRequest request, MigrateObservation observation, Rehearsal rehearsal) {}
