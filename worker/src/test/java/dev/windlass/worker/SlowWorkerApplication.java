package dev.windlass.worker;

import dev.windlass.worker.testing.SampleOperations;
import dev.windlass.worker.testing.SlowWorker;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The worker process as it is, but for its activities. */
public class SlowWorkerApplication {
    public static void main(String[] arguments) {
        WorkerApplication.start(
                SampleOperations.with(arguments[0]), new String[] {"--server.port=0"}, SlowWorkerApplication.class);
    }

    @Bean
    @Primary
    RunbookActivities slowActivities() {
        return new RunbookActivities(List.of(new SlowWorker.SlowActivitiesImpl()), List.of());
    }
}
