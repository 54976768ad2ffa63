package dev.windlass.worker.logs;

import dev.windlass.activities.logs.LogCopying;
import dev.windlass.activities.logs.LogPlanningActivitiesImpl;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.worker.copies.MinuteCopier;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Logs lie in the state directory; their copies go where the backups go, sealed to the same people. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
    @Bean
    StepLogFiles stepLogs(Operations operations, Clock clock) {
        return new StepLogFiles(Path.of(operations.state()), clock);
    }

    @Bean
    LogPlanningActivitiesImpl logPlanningActivities(
            StepLogFiles logs, Operations operations, ConfiguredObjectStores stores) {
        return new LogPlanningActivitiesImpl(logs, operations.backup().remote().map(stores::store));
    }

    @Bean
    MinuteCopier logCopier(StepLogFiles logs, Operations operations, ConfiguredObjectStores stores, Clock clock) {
        return new MinuteCopier(
                "the output of runs",
                operations
                        .backup()
                        .remote()
                        .map(name -> new LogCopying(
                                logs, stores.store(name), operations.backup().recipients(), clock))
                        .map(copying -> copying::copy));
    }
}
