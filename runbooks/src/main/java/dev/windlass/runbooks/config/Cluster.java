package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A PostgreSQL cluster on the worker's own machine that pgBackRest protects continuously.
 *
 * @param environment whose approvals a change of the protection needs; empty asks nobody
 * @param database through which its server is reached: host and port are the cluster's
 * @param user a superuser; empty means the database's user and password
 * @param owner the system user whom the data directory belongs to
 * @param socket directory of the server's socket, for pgBackRest
 * @param passphrase in a file, which every set holds
 * @param configuration pgBackRest's file, written by Windlass
 * @param archiveTimeout what is written is sent after this long at the latest
 * @param keepFulls full backups that stay, with everything that needs them
 * @param restart the command that restarts the server; empty when Windlass is never to do it
 * @param amcheck when the inside of tables and indexes is looked at
 * @param drill when the database is recovered beside the live one, to see that it can be
 */
public record Cluster(
        ClusterName name,
        Optional<EnvironmentName> environment,
        DatabaseName database,
        Optional<String> user,
        Optional<SecretReference> password,
        String dataDirectory,
        String owner,
        String socket,
        String stanza,
        StoreName store,
        SecretReference passphrase,
        String configuration,
        Duration archiveTimeout,
        CronSchedule full,
        CronSchedule differential,
        CronSchedule watch,
        int keepFulls,
        Limits limits,
        List<String> restart,
        Amcheck amcheck,
        Drill drill) {
    public Cluster {
        restart = List.copyOf(restart);
    }

    /** Absolute. */
    public String passphraseFile() {
        return passphrase.file().orElseThrow();
    }

    /**
     * What is a finding when it is passed.
     *
     * @param lag how long a finished WAL segment may wait
     * @param full age of the newest full backup
     * @param backup age of the newest backup of any kind
     * @param drill age of the newest drill that has succeeded
     */
    public record Limits(Duration lag, Duration full, Duration backup, Duration drill) {}

    /** @param deploys what the last one that succeeded means to them, when it is older than {@link Limits#drill} */
    public record Drill(CronSchedule schedule, Deploys deploys) {
        public enum Deploys {
            WARN,
            /** Unless the request accepts it by name, or goes back to a version that has served. */
            REFUSE,
            IGNORE
        }
    }

    public record Amcheck(Depth depth, CronSchedule schedule) {
        /** Neither keeps anybody from writing: --parent-check would. */
        public enum Depth {
            OFF,
            STRUCTURE,
            /** Also that every row of the table stands in each of its indexes. */
            HEAP_ALL_INDEXED
        }
    }
}
