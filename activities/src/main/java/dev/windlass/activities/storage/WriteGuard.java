package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;

/** Says whether this machine may write into a bucket. */
@FunctionalInterface
public interface WriteGuard {
    /**
     * Asked before each write and each deletion.
     *
     * @param bucket which may be read for it
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: it may not
     */
    void requireMayWrite(ObjectStore bucket, StepContext context);

    /** Where nobody else can have a claim on the bucket. */
    static WriteGuard none() {
        return (bucket, context) -> {};
    }
}
