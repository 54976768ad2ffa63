package dev.windlass.workflows.recovery;

import java.util.Optional;

/** @param compared empty until the copy was made and compared */
public record RecoverDatabasePlanOrder(
        RecoverDatabaseRequest request, RecoveryObservation observation, Optional<TwoCompared> compared) {}
