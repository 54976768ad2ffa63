package dev.windlass.activities.storage;

import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;

/** Stores for tests of other packages. */
public final class StoresForTests {
    private StoresForTests() {}

    public static ObjectStore directory(Path root) {
        return new DirectoryObjectStore(new StoreName("bucket"), root);
    }
}
