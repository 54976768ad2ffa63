package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.stagingsync.StagingSyncActivitiesImpl;
import dev.windlass.activities.stagingsync.StagingSyncParts;
import dev.windlass.activities.stagingsync.StagingSyncPlanningActivitiesImpl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What gives staging a masked copy. */
@Configuration(proxyBeanMethods = false)
class StagingSyncConfiguration {
    /** As the command line signs it. */
    private static final String RUNBOOK = "staging-sync";

    @Bean
    StagingSyncParts stagingSyncParts(BackupParts backup, RequestSignatures signatures) {
        return new StagingSyncParts(
                backup,
                (request, workflowId) -> signatures.verify(RUNBOOK, workflowId, request.asked(), request.requester()));
    }

    @Bean
    StagingSyncActivitiesImpl stagingSyncActivities(StagingSyncParts parts) {
        return new StagingSyncActivitiesImpl(parts);
    }

    @Bean
    StagingSyncPlanningActivitiesImpl stagingSyncPlanningActivities(StagingSyncParts parts) {
        return new StagingSyncPlanningActivitiesImpl(parts);
    }
}
