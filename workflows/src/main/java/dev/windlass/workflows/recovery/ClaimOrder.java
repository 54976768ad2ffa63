package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.Step;

/** @param step exactly what is done */
public record ClaimOrder(Step step, RecoverVpsRequest request) {}
