package dev.windlass.worker;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.stream.Stream;

/**
 * The activity implementations of this process.
 *
 * @param changing run steps; polled from the queue of runs only
 * @param planning look and decide; polled from both queues. Their contracts are named {@code …PlanningActivities}
 */
record RunbookActivities(List<Object> changing, List<Object> planning) {
    RunbookActivities {
        changing = List.copyOf(changing);
        planning = List.copyOf(planning);
        planning.forEach(RunbookActivities::requirePlanningOnly);
    }

    /** Temporal registers every contract an object implements, so one too many would reach the planning queue unseen. */
    private static void requirePlanningOnly(Object activities) {
        contractsOf(activities.getClass())
                .filter(contract -> !contract.getSimpleName().endsWith("PlanningActivities"))
                .findFirst()
                .ifPresent(contract -> {
                    throw new IllegalArgumentException(activities.getClass().getSimpleName() + " implements "
                            + contract.getSimpleName() + ", which may change something, and must not plan as well");
                });
    }

    static Stream<Class<?>> contractsOf(Class<?> implementation) {
        return Stream.of(implementation.getInterfaces())
                .filter(contract -> contract.isAnnotationPresent(ActivityInterface.class));
    }
}
