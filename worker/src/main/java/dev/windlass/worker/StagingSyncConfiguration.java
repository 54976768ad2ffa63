package dev.windlass.worker;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.stagingsync.StagingSyncParts;
import dev.windlass.activities.stagingsync.StagingSyncPlanningActivitiesImpl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What gives staging a masked copy. */
@Configuration(proxyBeanMethods = false)
class StagingSyncConfiguration {
    @Bean
    StagingSyncParts stagingSyncParts(BackupParts backup) {
        return new StagingSyncParts(backup.operations(), backup.connections(), backup.journal());
    }

    @Bean
    StagingSyncPlanningActivitiesImpl stagingSyncPlanningActivities(StagingSyncParts parts) {
        return new StagingSyncPlanningActivitiesImpl(parts);
    }
}
