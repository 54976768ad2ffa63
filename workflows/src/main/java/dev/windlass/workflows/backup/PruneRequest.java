package dev.windlass.workflows.backup;

public record PruneRequest(String requestedBy) {}
