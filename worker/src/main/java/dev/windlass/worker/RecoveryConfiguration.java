package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.recovery.DrillActivitiesImpl;
import dev.windlass.activities.recovery.DrillPlanningActivitiesImpl;
import dev.windlass.activities.recovery.RecoveryActivitiesImpl;
import dev.windlass.activities.recovery.RecoveryParts;
import dev.windlass.activities.recovery.RecoveryPlanningActivitiesImpl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What recovers. */
@Configuration(proxyBeanMethods = false)
class RecoveryConfiguration {
    /** As the command line signs it. */
    private static final String RUNBOOK = "recover-database";

    @Bean
    RecoveryParts recoveryParts(BackupParts backup, RequestSignatures signatures) {
        return new RecoveryParts(
                backup,
                (request, workflowId) -> signatures.verify(RUNBOOK, workflowId, request.asked(), request.requester()));
    }

    @Bean
    RecoveryActivitiesImpl recoveryActivities(RecoveryParts parts) {
        return new RecoveryActivitiesImpl(parts);
    }

    @Bean
    DrillActivitiesImpl drillActivities(RecoveryParts parts) {
        return new DrillActivitiesImpl(parts);
    }

    @Bean
    DrillPlanningActivitiesImpl drillPlanningActivities(RecoveryParts parts) {
        return new DrillPlanningActivitiesImpl(parts);
    }

    @Bean
    RecoveryPlanningActivitiesImpl recoveryPlanningActivities(RecoveryParts parts) {
        return new RecoveryPlanningActivitiesImpl(parts);
    }
}
