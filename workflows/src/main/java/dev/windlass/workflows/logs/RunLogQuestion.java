package dev.windlass.workflows.logs;

/**
 * Which part of a run's log is asked for.
 *
 * @param from bytes to skip; what the last answer said
 */
public record RunLogQuestion(String workflowId, long from) {
    public RunLogQuestion {
        if (from < 0) {
            throw new IllegalArgumentException("a log begins at byte 0, not at " + from);
        }
    }
}
