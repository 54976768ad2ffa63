package dev.windlass.workflows.kernel;

/** What is locked and for which run. */
public record LockRequest(String resource, String holder) {}
