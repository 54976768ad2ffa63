package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;

public record CommitOrder(Step step, Manifest manifest) {}
