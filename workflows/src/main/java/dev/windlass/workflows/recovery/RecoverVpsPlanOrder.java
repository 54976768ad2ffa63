package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.SetId;

public record RecoverVpsPlanOrder(RecoverVpsRequest request, SetId set, DatabasesFrom from) {}
