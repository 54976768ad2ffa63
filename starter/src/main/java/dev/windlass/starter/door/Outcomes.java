package dev.windlass.starter.door;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Unwraps what a finished future holds. */
final class Outcomes {
    private Outcomes() {}

    static <T> T of(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw wrapped;
        }
    }
}
