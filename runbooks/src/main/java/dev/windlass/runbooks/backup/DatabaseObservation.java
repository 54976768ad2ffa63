package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.DatabaseName;

/**
 * What planning saw of one database.
 *
 * @param serverVersion as {@code SHOW server_version}
 * @param tools directory of the PostgreSQL programs that fit the server
 * @param bytes pg_database_size; shown, never digested
 * @param role whether the backup role may read password verifiers
 */
public record DatabaseObservation(
        DatabaseName database, String serverVersion, String tools, String toolVersion, long bytes, Role role) {
    public enum Role {
        SUPERUSER,
        /** May read every table, but no password verifiers: roles are restored without passwords. */
        READER
    }
}
