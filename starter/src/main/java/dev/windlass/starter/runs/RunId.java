package dev.windlass.starter.runs;

/**
 * @param workflowId as people and logs name the run: {@code backup-20261124T030000Z}
 * @param runId Temporal's own, a UUID
 */
public record RunId(String workflowId, String runId) {}
