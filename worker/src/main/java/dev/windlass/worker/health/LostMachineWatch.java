package dev.windlass.worker.health;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Whether this is a machine that was lost and has come back while another one lives in its place: looked at as the worker
 * starts, and from then on. Each write into the bucket is refused by itself; this says it before somebody needs the backup.
 */
final class LostMachineWatch implements SmartLifecycle, HealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(LostMachineWatch.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Optional<Supplier<ObjectStore>> bucket;
    private final StepContext context;
    private volatile Optional<Failure> why = Optional.empty();
    private @Nullable ScheduledExecutorService executor;

    /** @param bucket that the backups go to; empty where there is none */
    LostMachineWatch(Optional<Supplier<ObjectStore>> bucket, StepContext context) {
        this.bucket = bucket;
        this.context = context;
    }

    @Override
    public synchronized void start() {
        if (bucket.isPresent() && executor == null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("windlass-lost-machine").daemon().factory());
            started.scheduleWithFixedDelay(this::look, 0, BETWEEN.toSeconds(), TimeUnit.SECONDS);
            executor = started;
        }
    }

    private void look() {
        try {
            bucket.ifPresent(store -> store.get().requireMayWrite(context));
            tell(Optional.empty());
        } catch (ApplicationFailure refused) {
            // A bucket that does not answer says nothing new.
            Failure.in(refused)
                    .filter(failure -> failure.type() == FailureType.PRECONDITION)
                    .ifPresent(failure -> tell(Optional.of(failure)));
        } catch (RuntimeException unforeseen) {
            LOG.warn("whether this machine was recovered elsewhere was not learnt: {}", Failure.messageOf(unforeseen));
        }
    }

    private void tell(Optional<Failure> found) {
        if (!found.equals(why)) {
            found.ifPresentOrElse(
                    failure -> LOG.error("{}", failure.message()),
                    () -> LOG.info("this machine may write into the bucket again"));
            why = found;
        }
    }

    @Override
    public Health health() {
        return why.map(failure -> Health.down()
                        .withDetail("fact", failure.fact())
                        .withDetail("hint", failure.hint())
                        .build())
                .orElseGet(() -> Health.up().build());
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
