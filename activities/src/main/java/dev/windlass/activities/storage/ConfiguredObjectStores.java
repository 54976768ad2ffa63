package dev.windlass.activities.storage;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Store;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The stores of ops.yml, each opened when it is first asked for. */
public final class ConfiguredObjectStores implements ObjectStores, AutoCloseable {
    private final Operations operations;
    private final Secrets secrets;
    private final Map<StoreName, ObjectStore> open = new ConcurrentHashMap<>();

    public ConfiguredObjectStores(Operations operations, Secrets secrets) {
        this.operations = operations;
        this.secrets = secrets;
    }

    @Override
    public ObjectStore store(StoreName name) {
        return open.computeIfAbsent(name, known -> open(operations.store(known)));
    }

    @Override
    public void close() {
        open.values().forEach(store -> {
            if (store instanceof S3ObjectStore bucket) {
                bucket.close();
            }
        });
        open.clear();
    }

    private ObjectStore open(Store store) {
        return switch (store) {
            case Store.S3Store bucket -> new S3ObjectStore(bucket, secrets, S3Timing.standard());
            case Store.DirectoryStore directory ->
                new DirectoryObjectStore(directory.name(), Path.of(directory.path()));
        };
    }
}
