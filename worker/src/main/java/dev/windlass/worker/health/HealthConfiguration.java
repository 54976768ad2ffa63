package dev.windlass.worker.health;

import dev.windlass.workflows.backup.BackupPlanningActivities;
import dev.windlass.workflows.backup.Catalogue;
import io.temporal.client.WorkflowClient;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HealthConfiguration {
    /** The name of the bean is the name under /actuator/health. */
    @Bean
    HealthIndicator temporal(TemporalProbe probe) {
        return new TemporalHealth(probe);
    }

    @Bean
    TemporalProbe temporalProbe(WorkflowClient client) {
        return new TemporalProbe(client);
    }

    @Bean
    ProvenAge provenAge(ObjectProvider<BackupPlanningActivities> planning) {
        BackupPlanningActivities activities = planning.getIfAvailable();
        Supplier<Catalogue> catalogue = activities == null ? () -> new Catalogue(List.of()) : activities::listSets;
        return new ProvenAge(catalogue, Clock.systemUTC(), Thread::startVirtualThread);
    }
}
