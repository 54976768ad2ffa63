package dev.windlass.worker;

import dev.windlass.activities.approvals.RequestSignatures;
import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.migrate.MigrateActivitiesImpl;
import dev.windlass.activities.migrate.MigrateParts;
import dev.windlass.activities.migrate.MigratePlanningActivitiesImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What migrates. */
@Configuration(proxyBeanMethods = false)
class MigrateConfiguration {
    /** Locks are asked for this long; a run that does not get them goes back, and traffic has not stopped meanwhile. */
    private static final Duration LOCK_PATIENCE = Duration.ofMinutes(10);

    @Bean
    MigrateParts migrateParts(BackupParts backup, RequestSignatures signatures) {
        return new MigrateParts(
                backup,
                (request, workflowId) -> signatures.verify("migrate", workflowId, request.asked(), request.requester()),
                lintDirectories(System.getenv()),
                LOCK_PATIENCE);
    }

    /** Where programs are, then where bin/lib/squawk.sh puts it. */
    private static List<Path> lintDirectories(Map<String, String> environment) {
        List<Path> directories = new ArrayList<>(Stream.of("/usr/local/bin", "/usr/bin", "/opt/squawk/bin")
                .map(Path::of)
                .toList());
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home", "/") + "/.cache");
        directories.add(Path.of(cache, "windlass", "squawk", "bin"));
        return directories;
    }

    @Bean
    MigrateActivitiesImpl migrateActivities(MigrateParts parts) {
        return new MigrateActivitiesImpl(parts);
    }

    @Bean
    MigratePlanningActivitiesImpl migratePlanningActivities(MigrateParts parts) {
        return new MigratePlanningActivitiesImpl(parts);
    }
}
