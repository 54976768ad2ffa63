package dev.windlass.worker;

import dev.windlass.worker.health.TemporalProbe;
import dev.windlass.worker.schedules.ScheduleReconciler;
import dev.windlass.workflows.kernel.Failure;
import io.temporal.client.WorkflowClient;
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
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    enum State {
        STARTING,
        POLLING,
        DRAINING,
        STOPPED
    }

    private final WorkflowClient client;
    private final WorkerFactory factory;
    private final ScheduleReconciler schedules;
    private final TemporalProbe temporal;
    private final Duration drain;
    private volatile State state = State.STOPPED;
    private volatile @Nullable Thread temporalThread;

    RunbookWorkers(
            WorkflowClient client,
            WorkerFactory factory,
            ScheduleReconciler schedules,
            TemporalProbe temporal,
            Duration drain) {
        this.client = client;
        this.factory = factory;
        this.schedules = schedules;
        this.temporal = temporal;
        this.drain = drain;
    }

    State state() {
        return state;
    }

    /** Returns at once: the process is alive, and says so, while Temporal is not there yet. */
    @Override
    public void start() {
        state = State.STARTING;
        Thread thread = new Thread(this::startAndWatch, "windlass-temporal");
        thread.setDaemon(true);
        temporalThread = thread;
        thread.start();
    }

    private void startAndWatch() {
        try {
            startWhenTemporalAnswers();
            TemporalWatch watch = new TemporalWatch(temporal);
            while (state == State.POLLING) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
                watch.look();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            if (state != State.DRAINING && state != State.STOPPED) {
                LOG.error("the watch over Temporal ended", broken);
            }
        }
    }

    private void startWhenTemporalAnswers() throws InterruptedException {
        Duration wait = Duration.ofMillis(250);
        String said = "";
        while (state == State.STARTING) {
            String reason = tryToStart();
            if (reason.isEmpty()) {
                return;
            }
            if (!reason.equals(said) && state == State.STARTING) {
                LOG.warn("waiting for Temporal at {}: {}", temporal.address(), reason);
                said = reason;
            }
            TimeUnit.MILLISECONDS.sleep(wait.toMillis());
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        }
    }

    /** @return why not, or nothing */
    private String tryToStart() {
        return switch (temporal.ask(PATIENCE_FOR_AN_ANSWER)) {
            case TemporalProbe.Answer.Silent silent -> silent.reason();
            case TemporalProbe.Answer.Serving serving -> {
                try {
                    startNow();
                    yield "";
                } catch (RuntimeException refused) {
                    yield Failure.messageOf(refused);
                }
            }
        };
    }

    private void startNow() {
        String namespace = client.getOptions().getNamespace();
        SearchAttributes.ensure(client.getWorkflowServiceStubs(), namespace);
        factory.start();
        schedules.reconcile();
        if (state == State.STARTING) {
            state = State.POLLING;
            LOG.info("ready: namespace {}, {} s after the start of the process", namespace, ProcessAge.seconds());
        }
    }

    @Override
    public void stop() {
        state = State.DRAINING;
        Thread thread = temporalThread;
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
