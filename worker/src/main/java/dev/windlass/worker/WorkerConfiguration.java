package dev.windlass.worker;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.worker.health.TemporalProbe;
import dev.windlass.worker.schedules.ScheduleReconciler;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the process is made of. Connection, client and Temporal's metrics come from Temporal's Spring Boot starter. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {
    @Bean
    TemporalOptionsCustomizer<WorkflowClientOptions.Builder> identity() {
        return options -> options.setIdentity("windlass@" + hostName());
    }

    /** RunbookWorkers shuts it down, and waits. */
    @Bean(destroyMethod = "")
    WorkerFactory workerFactory(WorkflowClient client, RunbookActivities activities) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(64)
                        .setMaxWorkflowThreadCount(128)
                        .build());
        new RunbookRegistration(activities).register(factory);
        return factory;
    }

    @Bean
    ScheduleReconciler scheduleReconciler(ScheduleClient client, Operations operations) {
        return new ScheduleReconciler(client, operations);
    }

    @Bean
    RunbookWorkers runbookWorkers(
            WorkflowClient client,
            WorkerFactory factory,
            ScheduleReconciler schedules,
            TemporalProbe temporal,
            @Value("${windlass.drain}") Duration drain) {
        return new RunbookWorkers(client, factory, schedules, temporal, drain);
    }

    @Bean
    HealthIndicator worker(RunbookWorkers workers) {
        return new WorkerHealth(workers);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
