package dev.windlass.workflows.backup;

import com.fasterxml.jackson.annotation.JsonAlias;

/**
 * One file of a set: zstd-compressed, then age-encrypted.
 *
 * @param subject the name of the database, of the archive or of the Redis server; older manifests call it {@code database}
 * @param key its whole key, {@code sets/<set>/<name>}, the same in every store; carries the attempt that made it
 * @param bytes size as stored
 * @param plainBytes size before compression and encryption
 * @param sha256 of the stored bytes, 64 hex digits
 */
public record Artefact(
        Kind kind, @JsonAlias("database") String subject, String key, long bytes, long plainBytes, String sha256) {
    public enum Kind {
        /** {@code pg_dump --format=custom --compress=0}. */
        DUMP,
        /** What the tables held at the dump's snapshot, as JSON ({@code DatabaseFacts}). */
        FACTS,
        /** {@code pg_dumpall --globals-only} of the database's server: roles and their settings. */
        GLOBALS,
        /** Files, as GNU tar writes them. */
        FILES,
        /** What those files were, one JSON line each ({@code FileFacts}). */
        INVENTORY,
        /** A snapshot of a Redis server (RDB). */
        REDIS
    }
}
