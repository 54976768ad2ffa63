package dev.windlass.worker;

import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditPlanningActivitiesImpl;
import dev.windlass.activities.backup.BackupActivitiesImpl;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.BackupPlanningActivitiesImpl;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.notify.NotifyActivitiesImpl;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import io.temporal.activity.Activity;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the activities by their constructors. They stay plain objects: Temporal cannot see through proxies. */
@Configuration(proxyBeanMethods = false)
class ActivityConfiguration {
    @Bean
    BackupParts backupParts(
            Operations operations,
            Shell shell,
            SealedFiles sealedFiles,
            ConfiguredObjectStores stores,
            SetIdentities identities,
            PostgresConnections connections,
            EffectJournal journal,
            Clock clock) {
        return new BackupParts(operations, shell, sealedFiles, stores, identities, connections, journal, clock);
    }

    @Bean
    NotifyActivitiesImpl notifyActivities(Operations operations, Secrets secrets, Clock clock, EffectJournal journal) {
        return new NotifyActivitiesImpl(
                operations.notifications(),
                operations.temporal().namespace(),
                secrets,
                clock,
                () -> StepContexts.of(Activity.getExecutionContext(), BackupSteps.NOTIFY, journal));
    }

    @Bean
    RunbookActivities runbookActivities(
            BackupParts parts,
            NotifyActivitiesImpl notify,
            AuditActivitiesImpl audit,
            AuditPlanningActivitiesImpl auditPlanning) {
        return new RunbookActivities(
                List.of(new BackupActivitiesImpl(parts), notify, audit),
                List.of(new BackupPlanningActivitiesImpl(parts), auditPlanning));
    }
}
