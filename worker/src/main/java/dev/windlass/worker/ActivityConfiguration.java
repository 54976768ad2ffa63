package dev.windlass.worker;

import dev.windlass.activities.approvals.ApprovalActivitiesImpl;
import dev.windlass.activities.approvals.ApprovalPlanningActivitiesImpl;
import dev.windlass.activities.approvals.ClickMac;
import dev.windlass.activities.approvals.QuestionBoard;
import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.approvals.TodaysOperations;
import dev.windlass.activities.backup.BackupActivitiesImpl;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.BackupPlanningActivitiesImpl;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.notify.NotifyActivitiesImpl;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.BackupSteps;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
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

    /** ops.yml as it is now, for whoever decides. */
    @Bean
    Supplier<Operations> today(Operations operations, @Value("${windlass.ops-file:}") String file) {
        return file.isEmpty() ? () -> operations : new TodaysOperations(Path.of(file));
    }

    @Bean
    ClickMac clickMac(Operations operations) {
        return new ClickMac(Path.of(operations.state()));
    }

    @Bean
    RequestSignatures requestSignatures(Supplier<Operations> today, Shell shell, EffectJournal journal) {
        return new RequestSignatures(today, shell, () -> verifying(journal));
    }

    @Bean
    ApprovalActivitiesImpl approvalActivities(
            Supplier<Operations> today,
            ObjectProvider<QuestionBoard> boards,
            ClickMac clicks,
            Shell shell,
            EffectJournal journal,
            Clock clock) {
        return new ApprovalActivitiesImpl(
                today, boards.stream().toList(), clicks, shell, () -> verifying(journal), clock);
    }

    private static StepContext verifying(EffectJournal journal) {
        return StepContexts.of(Activity.getExecutionContext(), ApprovalCommands.VERIFY, journal);
    }

    @Bean
    ApprovalPlanningActivitiesImpl approvalPlanningActivities(Supplier<Operations> today) {
        return new ApprovalPlanningActivitiesImpl(today);
    }

    @Bean
    BackupActivitiesImpl backupActivities(BackupParts parts) {
        return new BackupActivitiesImpl(parts);
    }

    @Bean
    BackupPlanningActivitiesImpl backupPlanningActivities(BackupParts parts) {
        return new BackupPlanningActivitiesImpl(parts);
    }

    /** Every bean that implements a contract of activities. */
    @Bean
    RunbookActivities runbookActivities(ListableBeanFactory beans) {
        return RunbookActivities.of(List.of(beans.getBeanNamesForType(Object.class, false, false)).stream()
                .filter(name -> RunbookActivities.isImplementation(beans.getType(name)))
                .map(beans::getBean)
                .toList());
    }
}
