package dev.windlass.worker.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identities of several sets at once, where the product keeps that of the newest (docs/decisions/0003): rehearsals on one
 * set wait for one another, and those of several apps are to be side by side here.
 */
final class KeptIdentities {
    private final Path directory;
    private final Map<Path, String> kept = new TreeMap<>();

    /** @param state of ops.yml */
    KeptIdentities(Path state) {
        directory = state.resolve("identities");
    }

    /** After each backup. */
    void keep() throws IOException {
        for (String file : Trees.files(directory)) {
            kept.put(directory.resolve(file), Files.readString(directory.resolve(file)));
        }
    }

    void putBack() throws IOException {
        for (Map.Entry<Path, String> each : kept.entrySet()) {
            Files.writeString(each.getKey(), each.getValue());
            Files.setPosixFilePermissions(each.getKey(), PosixFilePermissions.fromString("rw-------"));
        }
    }
}
