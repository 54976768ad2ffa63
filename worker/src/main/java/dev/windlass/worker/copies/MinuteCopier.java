package dev.windlass.worker.copies;

import dev.windlass.workflows.kernel.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sends what is new to the bucket every minute, and once more at the end. */
public final class MinuteCopier implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MinuteCopier.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration LAST_COPY = Duration.ofSeconds(10);

    private final String what;
    private final Optional<Runnable> copying;
    private @Nullable ScheduledExecutorService executor;

    /** @param copying safe to repeat; empty where there is no bucket */
    public MinuteCopier(String what, Optional<Runnable> copying) {
        this.what = what;
        this.copying = copying;
    }

    @Override
    public synchronized void start() {
        if (copying.isPresent() && executor == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("windlass-copier").daemon().factory());
            started.scheduleWithFixedDelay(this::copy, BETWEEN.toSeconds(), BETWEEN.toSeconds(), TimeUnit.SECONDS);
            executor = started;
        }
    }

    private void copy() {
        try {
            copying.ifPresent(Runnable::run);
        } catch (RuntimeException failed) {
            LOG.warn("{} was not copied, this is tried again in a minute: {}", what, Failure.messageOf(failed));
        }
    }

    @Override
    public synchronized void stop() {
        ScheduledExecutorService stopping = executor;
        executor = null;
        if (stopping == null) {
            return;
        }
        stopping.execute(this::copy);
        stopping.shutdown();
        try {
            if (!stopping.awaitTermination(LAST_COPY.toSeconds(), TimeUnit.SECONDS)) {
                stopping.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            stopping.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
