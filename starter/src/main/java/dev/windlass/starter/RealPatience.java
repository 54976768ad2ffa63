package dev.windlass.starter;

import dev.windlass.starter.door.Door;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** By the real clock. */
final class RealPatience implements Door.Patience {
    @Override
    public <T> Optional<CompletableFuture<T>> await(CompletableFuture<T> future, Duration longest)
            throws InterruptedException {
        try {
            future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            // The future tells it.
        }
        return Optional.of(future);
    }
}
