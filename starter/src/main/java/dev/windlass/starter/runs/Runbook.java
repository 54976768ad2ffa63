package dev.windlass.starter.runs;

import java.time.Instant;

/**
 * A kind of run that can be started and waited for.
 *
 * @param name as the command line and the page call it; workflow ids begin with it
 * @param workflowType the workflow's name on the server
 * @param queue its task queue
 * @param outcome what it returns
 * @param report the outcome, for a person
 */
public record Runbook<I, O>(String name, String workflowType, String queue, Class<O> outcome, Report<O> report) {
    /** Tells an outcome in a few lines, the last without a line end. */
    public interface Report<O> {
        String tell(O outcome, Instant now);

        /** How the command ends that waited for it. */
        default ExitCode exitCode(O outcome) {
            return ExitCode.OK;
        }
    }
}
