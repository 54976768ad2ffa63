package dev.windlass.workflows.audit;

import dev.windlass.workflows.audit.AuditEvent.Kind;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.SortedMap;
import java.util.function.Supplier;

/** A run's own entries in the audit log. Changing effects are entered by whoever executes them. */
public final class Audit {
    private Audit() {}

    /** The whole of a run. Runs that were begun by a version without an audit log go on without it. */
    public static <T> T during(String runbook, String actor, SortedMap<String, String> asked, Supplier<T> work) {
        if (Workflow.getVersion("audit", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return work.get();
        }
        started(runbook, actor, asked);
        try {
            T result = work.get();
            ended(runbook, "done");
            return result;
        } catch (TemporalFailure failed) {
            String fact = Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
            Workflow.newDetachedCancellationScope(() -> ended(runbook, "failed: " + fact))
                    .run();
            throw failed;
        }
    }

    /** Nothing is changed by a run that cannot be written down. */
    public static void started(String runbook, String actor, SortedMap<String, String> asked) {
        stub().record(event(Kind.STARTED, actor, runbook, asked));
    }

    /** The run is over, whether this can be written or not. */
    public static void ended(String runbook, String outcome) {
        try {
            stub().record(event(Kind.ENDED, "windlass", runbook, Sorted.of("outcome", outcome)));
        } catch (ActivityFailure unwritable) {
            Workflow.getLogger(Audit.class).error("the end of this run is missing in the audit log", unwritable);
        }
    }

    /** Reading a file of some megabytes, and listing a bucket. */
    static AuditPlanningActivities looking() {
        return Workflow.newActivityStub(
                AuditPlanningActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.PLANNING)
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(3).build())
                        .setSummary("read the audit log")
                        .build());
    }

    private static AuditEvent event(Kind kind, String actor, String what, SortedMap<String, String> details) {
        WorkflowInfo run = Workflow.getInfo();
        return new AuditEvent(
                run.getWorkflowId() + "/" + run.getRunId() + "/" + kind,
                kind,
                run.getWorkflowId(),
                run.getRunId(),
                actor,
                what,
                details);
    }

    /** Attempts instead of a deadline: while no worker is there, none is used up. Some four minutes of a full disk. */
    private static AuditActivities stub() {
        return Workflow.newActivityStub(
                AuditActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setMaximumInterval(Duration.ofSeconds(30))
                                .setMaximumAttempts(12)
                                .build())
                        .setSummary("write it into the audit log")
                        .build());
    }
}
