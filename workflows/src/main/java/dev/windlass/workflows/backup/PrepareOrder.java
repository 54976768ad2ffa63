package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/** @param databases whose dumps the disk must have room for */
public record PrepareOrder(Step step, SetId set, List<DatabaseName> databases) {
    public PrepareOrder {
        databases = List.copyOf(databases);
    }
}
