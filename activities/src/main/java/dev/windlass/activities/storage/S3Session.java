package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Store.S3Store;
import dev.windlass.workflows.kernel.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** One step's use of a bucket: every call beats the step's pulse, and fails in our words. */
record S3Session(S3Client client, S3Store store, S3Timing timing, StepContext context) {
    String bucket() {
        return store.bucket();
    }

    /** The key as the bucket has it. */
    String full(String key) {
        return store.prefix() + key;
    }

    /** @param doing in words: {@code reading sets/x} */
    <T> T call(String doing, Callable<T> call) {
        Progress progress = Progress.of(doing);
        // These calls move no count: their own timeouts end them.
        return make(timing.attempt().multipliedBy(timing.attempts() + 1L), doing, () -> progress, call);
    }

    /** A call whose body moves the count of the progress. */
    <T> T transfer(String doing, Supplier<Progress> progress, Callable<T> call) {
        return make(timing.patience(), doing, progress, call);
    }

    private <T> T make(Duration patience, String doing, Supplier<Progress> progress, Callable<T> call) {
        try {
            return new PulsedCall(context, patience).make(progress, call);
        } catch (PulsedCall.StalledException stalled) {
            throw StorageFailures.unavailable(store.name(), stalled.getMessage() + " while " + doing, stalled);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw StorageFailures.unavailable(store.name(), "interrupted while " + doing, stopped);
        } catch (ExecutionException failed) {
            throw new S3Failures(store).translate(failed.getCause(), doing);
        }
    }
}
