package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Step;

/** @param step exactly what is done */
public record LinkOrder(Step step, TargetMachine target) {}
