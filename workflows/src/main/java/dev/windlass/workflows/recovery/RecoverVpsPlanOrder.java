package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;

public record RecoverVpsPlanOrder(RecoverVpsRequest request, SetId set, DatabasesFrom from) {
    public RecoverVpsPlanOrder {
        // Of a run that an earlier version began.
        from = from == null ? DatabasesFrom.CLUSTER_FIRST : from;
    }
}
