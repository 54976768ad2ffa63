package dev.windlass.workflows.logs;

import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

public final class RunLogWorkflowImpl implements RunLogWorkflow {
    /** Reading a file; a person waits. */
    private final LogPlanningActivities logs = Workflow.newActivityStub(
            LogPlanningActivities.class,
            ActivityOptions.newBuilder()
                    .setTaskQueue(TaskQueues.PLANNING)
                    .setStartToCloseTimeout(Duration.ofSeconds(20))
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(2).build())
                    .build());

    @Override
    public RunLog read(RunLogQuestion question) {
        return logs.read(question);
    }
}
