package dev.windlass.workflows.recovery;

import java.time.Instant;
import java.util.Optional;

/** @param moment what is restored is as of then; empty while it is not known yet, which plans for now */
public record DrillPlanOrder(DrillRequest request, Optional<Instant> moment) {}
