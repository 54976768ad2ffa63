package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.deploy.DeployActivitiesImpl;
import dev.windlass.activities.deploy.DeployParts;
import dev.windlass.activities.deploy.DeployPlanningActivitiesImpl;
import dev.windlass.activities.deploy.MigratingDeployPlanningActivitiesImpl;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.migrate.AppliedMigrations;
import dev.windlass.activities.migrate.MigrateParts;
import dev.windlass.activities.migrate.MigratePlanningActivitiesImpl;
import dev.windlass.activities.protect.ProtectParts;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.config.Operations;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What deploys. */
@Configuration(proxyBeanMethods = false)
class DeployConfiguration {
    @Bean
    DeployParts deployParts(
            Operations operations,
            Shell shell,
            Secrets secrets,
            RequestSignatures signatures,
            EffectJournal journal,
            Clock clock) {
        return new DeployParts(
                operations,
                shell,
                secrets,
                (request, workflowId) -> signatures.verify("deploy", workflowId, request.asked(), request.requester()),
                journal,
                clock);
    }

    @Bean
    DeployActivitiesImpl deployActivities(DeployParts parts) {
        return new DeployActivitiesImpl(parts);
    }

    @Bean
    DeployPlanningActivitiesImpl deployPlanningActivities(
            DeployParts parts, MigrateParts migrations, ProtectParts protection) {
        return new DeployPlanningActivitiesImpl(parts, new AppliedMigrations(migrations), protection.drills());
    }

    @Bean
    MigratingDeployPlanningActivitiesImpl migratingDeployPlanningActivities(
            DeployPlanningActivitiesImpl deploys, MigratePlanningActivitiesImpl migrations) {
        return new MigratingDeployPlanningActivitiesImpl(deploys, migrations);
    }
}
