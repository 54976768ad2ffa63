package dev.windlass.starter.runs;

import com.google.protobuf.Timestamp;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.RunAttributes;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.TemporalFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads what the server says about a run. */
final class RunStates {
    private final DataConverter converter;

    RunStates(DataConverter converter) {
        this.converter = converter;
    }

    RunState of(DescribeWorkflowExecutionResponse described) {
        List<ActivityState> activities = described.getPendingActivitiesList().stream()
                .map(this::activity)
                .toList();
        return of(described.getWorkflowExecutionInfo(), activities);
    }

    RunState of(WorkflowExecutionInfo info) {
        return of(info, List.of());
    }

    private static RunState of(WorkflowExecutionInfo info, List<ActivityState> activities) {
        return new RunState(
                new RunId(
                        info.getExecution().getWorkflowId(), info.getExecution().getRunId()),
                info.getType().getName(),
                status(info.getStatus()),
                stage(info),
                instant(info.getStartTime()),
                info.hasCloseTime() ? Optional.of(instant(info.getCloseTime())) : Optional.empty(),
                activities);
    }

    private ActivityState activity(PendingActivityInfo info) {
        return new ActivityState(
                info.getActivityId(),
                info.getActivityType().getName(),
                Math.max(1, info.getAttempt()),
                progress(info),
                lastFailure(info));
    }

    private Optional<Progress> progress(PendingActivityInfo info) {
        if (!info.hasHeartbeatDetails()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    converter.fromPayloads(0, Optional.of(info.getHeartbeatDetails()), Progress.class, Progress.class));
        } catch (RuntimeException notProgress) {
            // An activity may keep other things in its heartbeat.
            return Optional.empty();
        }
    }

    private Optional<String> lastFailure(PendingActivityInfo info) {
        if (!info.hasLastFailure()) {
            return Optional.empty();
        }
        Failure last = withoutWrapping(info.getLastFailure());
        String message = converter.failureToException(last) instanceof TemporalFailure failure
                ? failure.getOriginalMessage()
                : last.getMessage();
        return Optional.ofNullable(message).map(text -> text.lines().findFirst().orElse(""));
    }

    /** The server keeps no long failure of an attempt whole: it puts what is left of it below one of its own. */
    private static Failure withoutWrapping(Failure failure) {
        return failure.hasServerFailureInfo() && failure.hasCause() ? failure.getCause() : failure;
    }

    private static Optional<String> stage(WorkflowExecutionInfo info) {
        return Optional.ofNullable(
                        info.getSearchAttributes().getIndexedFieldsMap().get(RunAttributes.STAGE.getName()))
                // Search attributes never pass the payload codec.
                .map(payload -> DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class))
                .filter(stage -> !stage.isBlank());
    }

    private static RunStatus status(WorkflowExecutionStatus status) {
        return switch (status) {
            case WORKFLOW_EXECUTION_STATUS_RUNNING -> RunStatus.RUNNING;
            case WORKFLOW_EXECUTION_STATUS_COMPLETED -> RunStatus.COMPLETED;
            case WORKFLOW_EXECUTION_STATUS_FAILED -> RunStatus.FAILED;
            case WORKFLOW_EXECUTION_STATUS_CANCELED -> RunStatus.CANCELED;
            case WORKFLOW_EXECUTION_STATUS_TERMINATED -> RunStatus.TERMINATED;
            case WORKFLOW_EXECUTION_STATUS_TIMED_OUT -> RunStatus.TIMED_OUT;
            case WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW -> RunStatus.CONTINUED;
            // A newer server may know more.
            default -> RunStatus.UNKNOWN;
        };
    }

    private static Instant instant(Timestamp timestamp) {
        return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
    }
}
