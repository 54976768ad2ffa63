package dev.windlass.activities.storage;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The stores of ops.yml, each opened when it is first asked for. */
public final class ConfiguredObjectStores implements ObjectStores, AutoCloseable {
    private final Operations operations;
    private final Secrets secrets;
    private final WriteGuard guard;
    private final Map<StoreName, ObjectStore> open = new ConcurrentHashMap<>();
    private final List<S3ObjectStore> buckets = new CopyOnWriteArrayList<>();

    public ConfiguredObjectStores(Operations operations, Secrets secrets) {
        this(operations, secrets, WriteGuard.none());
    }

    /** @param guard of the buckets; a directory is this machine's own */
    public ConfiguredObjectStores(Operations operations, Secrets secrets, WriteGuard guard) {
        this.operations = operations;
        this.secrets = secrets;
        this.guard = guard;
    }

    @Override
    public ObjectStore store(StoreName name) {
        return open.computeIfAbsent(name, known -> open(operations.store(known)));
    }

    @Override
    public void close() {
        buckets.forEach(S3ObjectStore::close);
        buckets.clear();
        open.clear();
    }

    private ObjectStore open(Store store) {
        return switch (store) {
            case Store.S3Store bucket -> {
                S3ObjectStore opened = new S3ObjectStore(bucket, secrets, S3Timing.standard());
                buckets.add(opened);
                yield new GuardedObjectStore(opened, guard);
            }
            case Store.DirectoryStore directory ->
                new DirectoryObjectStore(directory.name(), Path.of(directory.path()));
        };
    }
}
