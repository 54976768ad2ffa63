package dev.windlass.workflows.protect;

import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/**
 * @param databases by their names on the server, in order
 * @param leftOut databases with tables that lack the extension amcheck: nobody looks at those
 */
public record StructureCheckPlan(Plan plan, List<String> databases, List<String> leftOut) {
    public StructureCheckPlan {
        databases = List.copyOf(databases);
        leftOut = List.copyOf(leftOut);
    }
}
