package dev.windlass.worker;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the activities by their constructors. They stay plain objects: Temporal cannot see through proxies. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {
    @Bean
    RunbookActivities runbookActivities() {
        return new RunbookActivities(List.of(), List.of());
    }
}
