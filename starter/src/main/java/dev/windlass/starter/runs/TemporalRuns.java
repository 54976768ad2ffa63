package dev.windlass.starter.runs;

import dev.windlass.workflows.kernel.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** {@link Runs} of a real server (or of the SDK's test server). */
public final class TemporalRuns implements Runs {
    /** A poll lasts a minute at most, and the server keeps pollers in mind for five. */
    private static final Duration LATELY = Duration.ofSeconds(75);

    /** Longer than a person waits for a list. */
    private static final Duration QUESTION_LASTS = Duration.ofMinutes(1);

    private final WorkflowClient client;
    private final String address;
    private final Clock clock;
    private final RpcErrors errors;
    private final RunStates states;
    private final TemporalSchedules schedules;

    public TemporalRuns(WorkflowClient client, String address, Clock clock) {
        this.client = client;
        this.address = address;
        this.clock = clock;
        this.errors = new RpcErrors(address, client.getOptions().getNamespace());
        this.states = new RunStates(client.getOptions().getDataConverter());
        this.schedules = new TemporalSchedules(client, errors, clock);
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public String namespace() {
        return client.getOptions().getNamespace();
    }

    @Override
    public <I> RunId start(Runbook<I, ?> runbook, String workflowId, I request, String summary) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(runbook.queue())
                .setStaticSummary(summary)
                // Also the id of a run that is over: it names that one in logs, messages and the audit log.
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                .build();
        return start(runbook.workflowType(), options, List.of((Object) request));
    }

    @Override
    public RunId ask(String workflowType, String workflowId, List<Object> arguments) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.PLANNING)
                .setWorkflowExecutionTimeout(QUESTION_LASTS)
                .build();
        return start(workflowType, options, arguments);
    }

    private RunId start(String workflowType, WorkflowOptions options, List<Object> arguments) {
        return errors.translating(() -> {
            WorkflowExecution begun =
                    client.newUntypedWorkflowStub(workflowType, options).start(arguments.toArray());
            return new RunId(begun.getWorkflowId(), begun.getRunId());
        });
    }

    @Override
    public RunState look(String workflowId) {
        return errors.translating(() ->
                states.of(client.newUntypedWorkflowStub(workflowId).describe().getRawDescription()));
    }

    @Override
    public Optional<String> timeline(String workflowId) {
        try {
            WorkflowMetadata metadata = client.newUntypedWorkflowStub(workflowId)
                    .query("__temporal_workflow_metadata", WorkflowMetadata.class);
            return Optional.of(metadata.getCurrentDetails()).filter(details -> !details.isBlank());
        } catch (RuntimeException noWorkerAnswers) {
            // A nicety: the run's state is told without it.
            return Optional.empty();
        }
    }

    @Override
    public <O> CompletableFuture<O> outcome(RunId run, Class<O> type) {
        // By workflow id alone: after continue-as-new or a reset the newest run is the one that counts.
        return client.newUntypedWorkflowStub(run.workflowId())
                .getResultAsync(type)
                .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(errors.translate(thrown)));
    }

    @Override
    public List<RunState> recent(List<String> workflowTypes, int limit) {
        String query = workflowTypes.stream()
                .map(type -> "'" + type + "'")
                .collect(Collectors.joining(", ", "WorkflowType IN (", ")"));
        return errors.translating(() -> client.listExecutions(query)
                .limit(limit)
                .map(found -> states.of(found.getWorkflowExecutionInfo()))
                .toList());
    }

    @Override
    public void cancel(String workflowId) {
        errors.translating(() -> {
            client.newUntypedWorkflowStub(workflowId).cancel("windlass run cancel");
            return workflowId;
        });
    }

    @Override
    public boolean isPolled(String queue) {
        DescribeTaskQueueRequest request = DescribeTaskQueueRequest.newBuilder()
                .setNamespace(namespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                .build();
        WorkflowServiceStubs service = client.getWorkflowServiceStubs();
        try {
            long oldest = clock.instant().minus(LATELY).getEpochSecond();
            return service.blockingStub().describeTaskQueue(request).getPollersList().stream()
                    .anyMatch(poller -> poller.getLastAccessTime().getSeconds() >= oldest);
        } catch (StatusRuntimeException thrown) {
            if (thrown.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
                return true;
            }
            throw errors.translate(thrown);
        }
    }

    @Override
    public Questions questions() {
        return new TemporalQuestions(client, errors);
    }

    @Override
    public List<ScheduleState> schedules() {
        return schedules.list();
    }

    @Override
    public RunId trigger(String schedule) {
        return schedules.trigger(schedule);
    }

    @Override
    public void close() {
        client.getWorkflowServiceStubs().shutdownNow();
    }
}
