package dev.windlass.workflows.protect;

import java.time.Instant;

/**
 * A physical backup in the repository, as {@code pgbackrest info} tells it.
 *
 * @param label such as {@code 20261129-022702F}
 * @param type {@code full}, {@code diff} or {@code incr}
 * @param end when it was complete
 * @param databaseBytes of the cluster at that time
 * @param hasPageErrors pages whose checksum does not fit were found while it was made
 */
public record PhysicalBackup(String label, String type, Instant end, long databaseBytes, boolean hasPageErrors) {
    public boolean isFull() {
        return type.equals("full");
    }
}
