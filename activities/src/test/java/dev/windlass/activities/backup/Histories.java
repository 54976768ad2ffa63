package dev.windlass.activities.backup;

import dev.windlass.workflows.backup.RestoreFilesPlan;
import dev.windlass.workflows.backup.RestorePlan;
import dev.windlass.workflows.backup.RestoreTestPlan;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Plan;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Optional;

/** Reads what a run's history keeps. */
final class Histories {
    private Histories() {}

    /** The result of the run's first activity that has one, which planned it: entering the start in the audit log has none. */
    static Plan plan(WorkflowExecutionHistory history, Class<?> result) {
        HistoryEvent planned = history.getEvents().stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .filter(event -> event.getActivityTaskCompletedEventAttributes().getResult().getPayloadsList().stream()
                        .anyMatch(payload -> !payload.getData().isEmpty()))
                .findFirst()
                .orElseThrow();
        Object value = PayloadJson.dataConverter()
                .fromPayloads(
                        0,
                        Optional.of(planned.getActivityTaskCompletedEventAttributes()
                                .getResult()),
                        result,
                        result);
        return switch (value) {
            case Plan plan -> plan;
            case RestoreTestPlan test -> test.plan();
            case RestorePlan restore -> restore.plan();
            case RestoreFilesPlan files -> files.plan();
            default -> throw new AssertionError("no plan in " + value);
        };
    }
}
