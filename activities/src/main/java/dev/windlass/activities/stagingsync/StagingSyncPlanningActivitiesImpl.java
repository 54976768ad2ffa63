package dev.windlass.activities.stagingsync;

import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.stagingsync.ClassifyAnswer;
import dev.windlass.workflows.stagingsync.ClassifyRequest;
import dev.windlass.workflows.stagingsync.StagingSyncPlanningActivities;

/** Looks and plans. Nothing here changes anything, so all of it is safe to run twice. */
public final class StagingSyncPlanningActivitiesImpl implements StagingSyncPlanningActivities {
    private static final StepId CLASSIFY = StepId.of("classify");

    private final StagingSyncParts parts;

    public StagingSyncPlanningActivitiesImpl(StagingSyncParts parts) {
        this.parts = parts;
    }

    @Override
    public ClassifyAnswer classify(ClassifyRequest request) {
        return new Classifying(parts.connections(), parts.context(CLASSIFY).token(), parts.database(request.database()))
                .answer();
    }
}
