package dev.windlass.activities.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.StepId;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivityPulseTest {
    private static final Progress HALF = new Progress("dump", 5, Optional.of(10L), "bytes", "");

    private final TestActivityEnvironment environment =
            TestActivityEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                            .setDataConverter(PayloadJson.dataConverter())
                            .build())
                    .build());

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void heartbeatsTheProgress() {
        List<Progress> beats = new ArrayList<>();
        environment.setActivityHeartbeatListener(Progress.class, beats::add);
        environment.registerActivitiesImplementations(new BeatingImpl());

        environment.newActivityStub(Beating.class).beat();

        assertThat(beats).containsExactly(HALF);
    }

    @Test
    void letsACancellationThrough() {
        environment.registerActivitiesImplementations(new BeatingImpl());
        environment.requestCancelActivity();

        assertThatThrownBy(() -> environment.newActivityStub(Beating.class).beat())
                .isInstanceOf(CanceledFailure.class);
    }

    @Test
    void namesTheStepByWorkflowAndRunAndNotByAttempt() {
        environment.registerActivitiesImplementations(new BeatingImpl());

        String token = environment.newActivityStub(Beating.class).beat();

        assertThat(token).matches("[^|]+\\|[^|]+\\|dump/orders");
    }

    @ActivityInterface
    public interface Beating {
        String beat();
    }

    private static final class BeatingImpl implements Beating {
        @Override
        public String beat() {
            StepContext context =
                    StepContexts.of(Activity.getExecutionContext(), StepId.of("dump", "orders"), EffectJournal.none());
            context.pulse().beat(HALF);
            return context.token().value();
        }
    }
}
