package dev.windlass.workflows.recovery;

import java.time.Instant;

/**
 * What lies in the repository of a lost cluster.
 *
 * @param backup label of what WAL is replayed onto
 * @param end when that backup was complete
 * @param bytes of the whole cluster
 */
public record RepositorySeen(String backup, Instant end, long bytes) {}
