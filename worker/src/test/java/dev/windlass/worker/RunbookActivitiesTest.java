package dev.windlass.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunbookActivitiesTest {
    @ActivityInterface
    interface PaintActivities {
        @ActivityMethod(name = "PaintWall")
        void paint();
    }

    @ActivityInterface
    interface PaintPlanningActivities {
        @ActivityMethod(name = "PlanPaint")
        void plan();
    }

    private static final class Painter implements PaintActivities {
        @Override
        public void paint() {}
    }

    private static final class Architect implements PaintPlanningActivities {
        @Override
        public void plan() {}
    }

    private static final class Both implements PaintActivities, PaintPlanningActivities {
        @Override
        public void paint() {}

        @Override
        public void plan() {}
    }

    @Test
    void keepsChangesOffThePlanningQueue() {
        assertThatThrownBy(() -> new RunbookActivities(List.of(), List.of(new Painter())))
                .hasMessage(
                        "Painter implements PaintActivities, which may change something, and must not plan as well");
        assertThatThrownBy(() -> new RunbookActivities(List.of(), List.of(new Architect(), new Both())))
                .hasMessage("Both implements PaintActivities, which may change something, and must not plan as well");
    }

    @Test
    void takesEachOnItsSide() {
        RunbookActivities activities = new RunbookActivities(List.of(new Painter()), List.of(new Architect()));
        assertThat(activities.changing()).hasSize(1);
        assertThat(activities.planning()).hasSize(1);
    }
}
