package dev.windlass.starter.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.PayloadJson;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.ServerFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import org.junit.jupiter.api.Test;

class RunStatesTest {
    private static final Failure REFUSED = Failure.newBuilder()
            .setMessage("slack did not take the notice: connection refused\nhint: look at its status")
            .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setType("NOTIFICATION_UNAVAILABLE"))
            .build();

    @Test
    void saysWhyTheAttemptBeforeFailed() {
        assertThat(lastFailure(REFUSED)).isEqualTo("slack did not take the notice: connection refused");
    }

    @Test
    void alsoWhenTheServerFoundTheFailureTooLong() {
        Failure cut = Failure.newBuilder()
                .setMessage("Failure exceeds size limit.")
                .setServerFailureInfo(ServerFailureInfo.newBuilder())
                .setCause(REFUSED)
                .build();

        assertThat(lastFailure(cut)).isEqualTo("slack did not take the notice: connection refused");
    }

    private static String lastFailure(Failure failure) {
        return new RunStates(PayloadJson.dataConverter())
                .of(DescribeWorkflowExecutionResponse.newBuilder()
                        .addPendingActivities(
                                PendingActivityInfo.newBuilder().setAttempt(2).setLastFailure(failure))
                        .build())
                .activities()
                .getFirst()
                .lastFailure()
                .orElseThrow();
    }
}
