package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import java.util.List;
import java.util.Objects;

/**
 * @param databases whose dumps the disk must have room for
 * @param archives and whose files
 */
public record PrepareOrder(Step step, SetId set, List<DatabaseName> databases, List<ArchiveName> archives) {
    public PrepareOrder {
        databases = List.copyOf(databases);
        archives = List.copyOf(Objects.requireNonNullElse(archives, List.of()));
    }
}
