package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A bucket that is read by everybody, and changed only where a guard lets it. */
record GuardedObjectStore(ObjectStore bucket, WriteGuard guard) implements ObjectStore {
    @Override
    public StoreName name() {
        return bucket.name();
    }

    @Override
    public void requireMayWrite(StepContext context) {
        guard.requireMayWrite(bucket, context);
    }

    @Override
    public List<StoredObject> list(String prefix, StepContext context) {
        return bucket.list(prefix, context);
    }

    @Override
    public Optional<StoredObject> head(String key, StepContext context) {
        return bucket.head(key, context);
    }

    @Override
    public Optional<Instant> youngest(String prefix, StepContext context) {
        return bucket.youngest(prefix, context);
    }

    @Override
    public Optional<byte[]> get(String key, StepContext context) {
        return bucket.get(key, context);
    }

    @Override
    public void download(String key, Path into, StepContext context) {
        bucket.download(key, into, context);
    }

    @Override
    public boolean putIfAbsent(String key, byte[] content, StepContext context) {
        guard.requireMayWrite(bucket, context);
        return bucket.putIfAbsent(key, content, context);
    }

    @Override
    public Upload upload(Path file, String key, String sha256, StepContext context) {
        guard.requireMayWrite(bucket, context);
        return bucket.upload(file, key, sha256, context);
    }

    @Override
    public Deletion delete(String key, StepContext context) {
        guard.requireMayWrite(bucket, context);
        return bucket.delete(key, context);
    }

    @Override
    public int abortUnfinished(String prefix, StepContext context) {
        guard.requireMayWrite(bucket, context);
        return bucket.abortUnfinished(prefix, context);
    }
}
