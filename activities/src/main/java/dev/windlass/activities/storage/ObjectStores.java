package dev.windlass.activities.storage;

import dev.windlass.workflows.kernel.StoreName;

/** The stores of ops.yml by name; {@code local} is the backup directory. */
@FunctionalInterface
public interface ObjectStores {
    ObjectStore store(StoreName name);
}
