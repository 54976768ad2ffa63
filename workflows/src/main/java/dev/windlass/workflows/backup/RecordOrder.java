package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;

public record RecordOrder(Step step, Proof proof) {}
