package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.Step;

/** @param step with every slot filled that the workflow knows: {@code set}, {@code recipient} */
public record StepOrder(Step step, SetId set) {}
