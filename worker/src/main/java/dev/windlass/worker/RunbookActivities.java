package dev.windlass.worker;

import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** Sorted by the names of their contracts. */
    static RunbookActivities of(List<Object> implementations) {
        Map<Boolean, List<Object>> byPlanning = implementations.stream()
                .collect(Collectors.partitioningBy(
                        each -> contractsOf(each.getClass()).anyMatch(RunbookActivities::isPlanning)));
        return new RunbookActivities(
                byPlanning.getOrDefault(false, List.of()), byPlanning.getOrDefault(true, List.of()));
    }

    static boolean isImplementation(@Nullable Class<?> type) {
        return type != null && contractsOf(type).findAny().isPresent();
    }

    private static boolean isPlanning(Class<?> contract) {
        return contract.getSimpleName().endsWith("PlanningActivities");
    }

    /** Temporal registers every contract an object implements, so one too many would reach the planning queue unseen. */
    private static void requirePlanningOnly(Object activities) {
        contractsOf(activities.getClass())
                .filter(contract -> !isPlanning(contract))
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
