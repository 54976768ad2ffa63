package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A query that may take minutes, on a thread of its own while the caller's thread tells that the step is alive. */
public final class Beating {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private Beating() {}

    /** What the pulse throws when the run was cancelled passes through, and the query is ended. */
    public static <T> T during(StepContext context, String phase, String detail, Supplier<T> query) {
        FutureTask<T> task = new FutureTask<>(query::get);
        // A virtual thread: an interrupt ends its blocking reads of a socket.
        Thread thread = Thread.ofVirtual().name("windlass-query").start(task);
        try {
            while (true) {
                context.pulse().beat(new Progress(phase, 0, Optional.empty(), "steps", detail));
                try {
                    return task.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException goingOn) {
                    continue;
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException ours ? ours : new IllegalStateException(failed);
        } catch (InterruptedException stopping) {
            end(task, thread);
            Thread.currentThread().interrupt();
            throw new Failure(
                            FailureType.COMMAND_FAILED,
                            "the step was left because the worker is stopping",
                            "nothing to do: the step is retried when a worker runs again",
                            "backup.md#command-failed")
                    .asException(stopping);
        } catch (RuntimeException cancelled) {
            end(task, thread);
            throw cancelled;
        }
    }

    private static void end(FutureTask<?> task, Thread thread) {
        task.cancel(true);
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
