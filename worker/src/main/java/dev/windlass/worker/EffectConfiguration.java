package dev.windlass.worker;

import dev.windlass.activities.audit.AuditLog;
import dev.windlass.activities.audit.AuditingJournal;
import dev.windlass.activities.backup.PostgresConnections;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.JsonLinesJournal;
import dev.windlass.activities.recovery.RecoveredElsewhere;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.shell.Shell;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.config.Operations;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What executes effects. */
@Configuration(proxyBeanMethods = false)
class EffectConfiguration {
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    Secrets secrets() {
        return new EnvironmentSecrets(System.getenv());
    }

    @Bean
    SealedFiles sealedFiles(Secrets secrets) {
        return new AgeSealedFiles(secrets);
    }

    @Bean
    Shell shell(Secrets secrets, SealedFiles sealedFiles, StepLogFiles logs) {
        return new CommandShell(Launchers.detect(), secrets, sealedFiles, logs);
    }

    @Bean
    RecoveredElsewhere recoveredElsewhere(Operations operations, Clock clock) {
        return new RecoveredElsewhere(operations.state(), clock);
    }

    @Bean
    ConfiguredObjectStores objectStores(Operations operations, Secrets secrets, RecoveredElsewhere elsewhere) {
        return new ConfiguredObjectStores(operations, secrets, elsewhere);
    }

    @Bean
    SetIdentities setIdentities(Operations operations) {
        return new SetIdentities(Path.of(operations.state()));
    }

    @Bean
    PostgresConnections postgresConnections(Secrets secrets) {
        return new PostgresConnections(secrets);
    }

    /** The audit log hears of every changing step; a file that lists every effect as well is off unless it is named. */
    @Bean
    EffectJournal effectJournal(@Value("${windlass.effect-journal:}") String file, Clock clock, AuditLog audit) {
        return new AuditingJournal(
                audit, file.isEmpty() ? EffectJournal.none() : new JsonLinesJournal(Path.of(file), clock));
    }
}
