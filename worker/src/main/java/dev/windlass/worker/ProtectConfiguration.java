package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.protect.ProtectActivitiesImpl;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.activities.protect.ProtectPlanningActivitiesImpl;
import dev.windlass.activities.recovery.DrillLog;
import dev.windlass.activities.shell.Secrets;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What protects clusters. */
@Configuration(proxyBeanMethods = false)
class ProtectConfiguration {
    @Bean
    ProtectParts protectParts(BackupParts backup, Secrets secrets, RequestSignatures signatures) {
        return new ProtectParts(
                backup,
                secrets,
                (request, workflowId) -> signatures.verify("protect", workflowId, request.asked(), request.requester()),
                new DrillLog(Path.of(backup.operations().state()))::lastOf);
    }

    @Bean
    ProtectActivitiesImpl protectActivities(ProtectParts parts) {
        return new ProtectActivitiesImpl(parts);
    }

    @Bean
    ProtectPlanningActivitiesImpl protectPlanningActivities(ProtectParts parts) {
        return new ProtectPlanningActivitiesImpl(parts);
    }
}
