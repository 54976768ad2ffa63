package dev.windlass.activities.storage;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Objects by key, in a bucket or in a directory. Every failure is an ApplicationFailure: STORAGE_UNAVAILABLE (try again),
 * STORAGE_REFUSED (credentials, permissions), NOT_FOUND, ALREADY_EXISTS, DISK_FULL. Keys never start with {@code /}.
 */
public interface ObjectStore {
    StoreName name();

    /**
     * For what takes long before it writes, or has another program write there.
     *
     * @throws io.temporal.failure.ApplicationFailure PRECONDITION: this machine must not write there
     */
    default void requireMayWrite(StepContext context) {}

    /** Every object below a prefix, in key order. */
    List<StoredObject> list(String prefix, StepContext context);

    Optional<StoredObject> head(String key, StepContext context);

    /** When the youngest object below a prefix was written, by the store's clock; empty where there is none. */
    Optional<Instant> youngest(String prefix, StepContext context);

    /** A small object, whole (at most 1 MiB; larger is refused). */
    Optional<byte[]> get(String key, StepContext context);

    /** Into a file that appears only when it is whole. */
    void download(String key, Path into, StepContext context);

    /**
     * A small object, only if the key is free.
     *
     * @return false when the key is taken
     */
    boolean putIfAbsent(String key, byte[] content, StepContext context);

    /**
     * A file of any size under a key that nobody else writes. Goes on where an earlier attempt broke off; finds an object
     * that is already whole; checks what the store says it has.
     *
     * @param sha256 of the file, kept as metadata
     */
    Upload upload(Path file, String key, String sha256, StepContext context);

    /** @return what came of it; deleting what is not there is {@code GONE} too */
    Deletion delete(String key, StepContext context);

    /** Multipart uploads below a prefix that were begun and never completed are aborted. */
    int abortUnfinished(String prefix, StepContext context);

    /** @param sha256 from the metadata, where known */
    record StoredObject(String key, long bytes, Optional<String> sha256) {}

    /** @param partsFound sent by an earlier attempt */
    record Upload(long bytes, int parts, int partsFound) {}

    enum Deletion {
        GONE,
        /** A bucket lock protects it still. */
        LATER
    }
}
