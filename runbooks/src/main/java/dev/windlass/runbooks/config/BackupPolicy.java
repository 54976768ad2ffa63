package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.StoreName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * @param archives files that every set holds beside the databases
 * @param redis servers whose data every set holds as well
 * @param directory where sets lie on the worker's machine; absolute
 * @param recipients age recipients ({@code age1…}) whose identities stay off this machine
 * @param zstdLevel 1 to 19
 * @param jobs of pg_restore and pg_amcheck in a proof
 * @param remote the store that sets are synced to; empty means the directory is all there is
 */
public record BackupPolicy(
        List<DatabaseName> databases,
        List<Archive> archives,
        List<RedisServer> redis,
        String directory,
        List<String> recipients,
        int zstdLevel,
        int jobs,
        Priority priority,
        Retention keep,
        Optional<StoreName> remote,
        CronSchedule schedule,
        CronSchedule restoreTest,
        Scratch scratch) {
    /** The backup directory, as a store. */
    public static final StoreName LOCAL = new StoreName("local");

    public BackupPolicy {
        databases = List.copyOf(databases);
        archives = List.copyOf(archives);
        redis = List.copyOf(redis);
        recipients = List.copyOf(recipients);
    }

    BackupPolicy withArchive(Archive archive) {
        List<Archive> more = new ArrayList<>(archives);
        more.add(archive);
        return new BackupPolicy(
                databases,
                more,
                redis,
                directory,
                recipients,
                zstdLevel,
                jobs,
                priority,
                keep,
                remote,
                schedule,
                restoreTest,
                scratch);
    }

    public Archive archive(ArchiveName name) {
        return archives.stream()
                .filter(archive -> archive.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownNameException(
                        "entry of backup.files",
                        name.value(),
                        archives.stream().map(Archive::name).toList()));
    }

    public RedisServer redis(RedisName name) {
        return redis.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownNameException(
                        "entry of backup.redis",
                        name.value(),
                        redis.stream().map(RedisServer::name).toList()));
    }

    /** @param nice 0 to 19, for nice(1) */
    public record Priority(int nice, IoClass ioClass) {
        public enum IoClass {
            BEST_EFFORT,
            IDLE
        }
    }

    /** Calendar days in UTC. */
    public record Retention(int localDays, int remoteDays) {}

    /**
     * @param directory where throw-away clusters are made; absolute
     * @param user the system user that runs them when the worker is root (PostgreSQL refuses to run as root)
     * @param amcheck whether a proof also runs pg_amcheck, and how deep
     */
    public record Scratch(String directory, String user, Amcheck amcheck) {
        public enum Amcheck {
            OFF,
            STRUCTURE,
            HEAP_ALL_INDEXED
        }
    }
}
