package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import java.util.List;

/**
 * @param databases which ones; empty means every database that ops.yml lists under backup
 * @param requestedBy a person's name, or {@code schedule}
 */
public record BackupRequest(List<DatabaseName> databases, String requestedBy) {
    public BackupRequest {
        databases = List.copyOf(databases);
    }
}
