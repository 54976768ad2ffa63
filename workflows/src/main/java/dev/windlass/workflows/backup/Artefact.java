package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;

/**
 * One file of a set: zstd-compressed, then age-encrypted.
 *
 * @param key its whole key, {@code sets/<set>/<name>}, the same in every store; carries the attempt that made it
 * @param bytes size as stored
 * @param plainBytes size before compression and encryption
 * @param sha256 of the stored bytes, 64 hex digits
 */
public record Artefact(Kind kind, DatabaseName database, String key, long bytes, long plainBytes, String sha256) {
    public enum Kind {
        /** {@code pg_dump --format=custom --compress=0}. */
        DUMP,
        /** What the tables held at the dump's snapshot, as JSON ({@code DatabaseFacts}). */
        FACTS,
        /** {@code pg_dumpall --globals-only} of the database's server: roles and their settings. */
        GLOBALS
    }
}
