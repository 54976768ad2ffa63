package dev.windlass.worker.audit;

import dev.windlass.activities.audit.AuditActivitiesImpl;
import dev.windlass.activities.audit.AuditCopying;
import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.audit.AuditPlanningActivitiesImpl;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.worker.copies.MinuteCopier;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log lies in the state directory; its copies go where the backups go. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
    @Bean
    AuditLog auditLog(Operations operations, Clock clock) {
        return new AuditLog(Path.of(operations.state()), clock);
    }

    @Bean
    AuditActivitiesImpl auditActivities(AuditLog log) {
        return new AuditActivitiesImpl(log);
    }

    @Bean
    AuditPlanningActivitiesImpl auditPlanningActivities(
            AuditLog log, Operations operations, ConfiguredObjectStores stores) {
        return new AuditPlanningActivitiesImpl(log, operations.backup().remote().map(stores::store));
    }

    @Bean
    MinuteCopier auditCopier(AuditLog log, Operations operations, ConfiguredObjectStores stores) {
        return new MinuteCopier(
                "the audit log",
                operations
                        .backup()
                        .remote()
                        .map(name -> new AuditCopying(log, stores.store(name)))
                        .map(copying -> copying::copy));
    }
}
