package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.dns.DnsActivitiesImpl;
import dev.windlass.activities.dns.DnsParts;
import dev.windlass.activities.dns.DnsPatience;
import dev.windlass.activities.dns.DnsPlanningActivitiesImpl;
import dev.windlass.activities.shell.Secrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What leads names elsewhere. */
@Configuration(proxyBeanMethods = false)
class DnsConfiguration {
    /** As the command line signs it. */
    private static final String RUNBOOK = "recover-dns";

    @Bean
    DnsParts dnsParts(BackupParts backup, Secrets secrets, RequestSignatures signatures) {
        return new DnsParts(
                backup.operations(),
                secrets,
                backup.journal(),
                (request, workflowId) -> signatures.verify(RUNBOOK, workflowId, request.asked(), request.requester()),
                DnsPatience.usual());
    }

    @Bean
    DnsActivitiesImpl dnsActivities(DnsParts parts) {
        return new DnsActivitiesImpl(parts);
    }

    @Bean
    DnsPlanningActivitiesImpl dnsPlanningActivities(DnsParts parts) {
        return new DnsPlanningActivitiesImpl(parts);
    }
}
