package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Plan;
import java.util.List;

/** @param left what the plan does not do */
public record RecoverVpsPlan(Plan plan, Manifest manifest, List<LeftToDo> left) {
    public RecoverVpsPlan {
        left = List.copyOf(left);
    }
}
