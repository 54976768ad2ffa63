package dev.windlass.worker;

import dev.windlass.worker.schedules.ScheduleReconciler;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers as soon as Temporal answers, however long that takes, and drains them before anything else stops.
 * Without the drain a stopped worker's steps are found dead only by their heartbeat timeout, and their processes live on.
 */
final class RunbookWorkers implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RunbookWorkers.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE_FOR_AN_ANSWER = Duration.ofSeconds(5);

    enum State {
        STARTING,
        POLLING,
        DRAINING,
        STOPPED
    }

    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final ScheduleReconciler schedules;
    private final Duration drain;
    private volatile State state = State.STOPPED;
    private volatile @Nullable Thread starter;

    RunbookWorkers(WorkflowClient client, WorkerFactory factory, ScheduleReconciler schedules, Duration drain) {
        this.client = client;
        this.factory = factory;
        this.schedules = schedules;
        this.drain = drain;
    }

    State state() {
        return state;
    }

    /** Returns at once: the process is alive, and says so, while Temporal is not there yet. */
    @Override
    public void start() {
        state = State.STARTING;
        Thread thread = new Thread(this::startWhenTemporalAnswers, "windlass-start");
        thread.setDaemon(true);
        starter = thread;
        thread.start();
    }

    private void startWhenTemporalAnswers() {
        Duration wait = Duration.ofMillis(250);
        String said = "";
        while (state == State.STARTING) {
            try {
                startNow();
                return;
            } catch (RuntimeException notYet) {
                String reason = String.valueOf(notYet.getMessage());
                if (!reason.equals(said) && state == State.STARTING) {
                    LOG.warn("waiting for Temporal at {}: {}", address(), reason);
                    said = reason;
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            } catch (InterruptedException stopping) {
                return;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
    }

    private String address() {
        return client.getWorkflowServiceStubs().getOptions().getTarget();
    }

    private void startNow() {
        WorkflowServiceStubs temporal = client.getWorkflowServiceStubs();
        temporal.blockingStub()
                .withDeadlineAfter(PATIENCE_FOR_AN_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
        SearchAttributes.ensure(temporal, client.getOptions().getNamespace());
        factory.start();
        schedules.reconcile();
        if (state == State.STARTING) {
            state = State.POLLING;
            LOG.info(
                    "ready: namespace {}, {} s after the start of the process",
                    client.getOptions().getNamespace(),
                    ProcessAge.seconds());
        }
    }

    @Override
    public void stop() {
        state = State.DRAINING;
        Thread thread = starter;
        if (thread != null) {
            thread.interrupt();
        }
        if (factory.isStarted()) {
            drain();
        }
        state = State.STOPPED;
    }

    private void drain() {
        factory.shutdown();
        factory.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS);
        if (factory.isTerminated()) {
            LOG.info("drained");
        } else {
            LOG.warn("steps were still running after {} s of draining; Temporal starts them again", drain.toSeconds());
            factory.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return state != State.STOPPED;
    }

    /** Stops first, starts last. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
