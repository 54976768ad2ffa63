package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.StoreName;

/** One set in one store that retention lets go. */
public record Removal(SetId set, StoreName store, String reason) {}
