package dev.windlass.worker.health;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.recovery.DrillLog;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.activities.storage.SetCatalogue;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
    DrillAge drillAge(Operations operations, Clock clock) {
        return new DrillAge(
                new DrillLog(Path.of(operations.state())),
                operations.clusters().values().stream().map(Cluster::database).toList(),
                clock);
    }

    /** The name of the bean is the name under /actuator/health. */
    @Bean
    LostMachineWatch lostMachine(Operations operations, ObjectStores stores) {
        return new LostMachineWatch(
                operations.backup().remote().map(name -> () -> stores.store(name)), nobody("lost-machine"));
    }

    /** Of what is read outside of any run: nobody waits for its progress. */
    private static StepContext nobody(String what) {
        return new StepContext(
                new StepToken("worker", "health", StepId.of(what)), progress -> {}, EffectJournal.none());
    }

    @Bean
    ProvenAge provenAge(Operations operations, ObjectStores stores, Clock clock) {
        List<StoreName> names = new ArrayList<>(List.of(BackupPolicy.LOCAL));
        operations.backup().remote().ifPresent(names::add);
        SetCatalogue catalogue = new SetCatalogue(stores, names);
        return new ProvenAge(() -> catalogue.read(nobody("proven-age")).catalogue(), clock, Thread::startVirtualThread);
    }
}
