package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import java.time.Instant;

/**
 * What a set holds of one database.
 *
 * @param snapshotAt when the snapshot was taken, by the database's clock
 * @param tables how many tables were counted and hashed
 * @param rows in all of them
 * @param bytes pg_database_size at that time
 */
public record DatabaseSummary(
        DatabaseName database, String serverVersion, Instant snapshotAt, int tables, long rows, long bytes) {}
