package dev.windlass.workflows.logs;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

@ActivityInterface
public interface LogPlanningActivities {
    /** At most half a megabyte of it. */
    @ActivityMethod(name = "ReadRunLog")
    RunLog read(RunLogQuestion question);
}
