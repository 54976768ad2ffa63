package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A call that may block for long, made on a thread of its own while the caller's thread beats the pulse every second. A
 * pulse that throws (the step was cancelled) interrupts the call; so does a count that stands still for too long.
 */
final class PulsedCall {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final StepContext context;
    private final Duration patience;

    /** @param patience how long the count may stand still */
    PulsedCall(StepContext context, Duration patience) {
        this.context = context;
        this.patience = patience;
    }

    /** Thrown by {@link #make} when nothing moved. */
    static final class StalledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StalledException(Duration patience) {
            super("nothing moved for " + patience.toSeconds() + " s");
        }
    }

    /**
     * What the pulse throws passes through as it is.
     *
     * @throws ExecutionException around what the call threw
     */
    <T> T make(Supplier<Progress> progress, Callable<T> call) throws ExecutionException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        context.pulse().beat(progress.get());
        // A virtual thread: an interrupt ends its blocking reads and writes of a socket, too.
        Thread thread = Thread.ofVirtual().name("windlass-storage").start(task);
        boolean ended = false;
        try {
            T result = await(task, progress);
            ended = true;
            return result;
        } catch (ExecutionException failed) {
            ended = true;
            throw failed;
        } finally {
            if (!ended) {
                task.cancel(true);
                thread.join(LAST_WORDS);
            }
        }
    }

    private <T> T await(FutureTask<T> task, Supplier<Progress> progress)
            throws ExecutionException, InterruptedException {
        long count = -1;
        long movedAt = System.nanoTime();
        while (true) {
            try {
                return task.get(BEAT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException goingOn) {
                Progress now = progress.get();
                if (now.done() != count) {
                    count = now.done();
                    movedAt = System.nanoTime();
                } else if (System.nanoTime() - movedAt > patience.toNanos()) {
                    throw new StalledException(patience);
                }
                context.pulse().beat(now);
            }
        }
    }
}
