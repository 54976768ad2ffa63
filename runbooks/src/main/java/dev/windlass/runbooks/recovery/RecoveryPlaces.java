package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.SecretReference;

/**
 * Where a recovery works on the machine that it recovers.
 *
 * @param backups where the set goes and stays: the new machine's backup directory
 * @param work what lies here is removed in the end
 * @param etc the directory of Debian's PostgreSQL configuration
 * @param clusters the directory that Debian's PostgreSQL has its clusters in
 * @param socket the directory of the server's socket
 * @param identity what opens the set
 * @param repository where the configuration of pgBackRest lies while WAL is replayed
 */
public record RecoveryPlaces(
        String backups,
        String work,
        String etc,
        String clusters,
        String socket,
        int port,
        SecretReference identity,
        String repository) {
    static final String BACKUPS = "/var/backups/windlass";

    /** Who runs PostgreSQL on Debian. */
    static final String OWNER = "postgres";

    /** PostgreSQL's cluster, as Debian calls the first one. */
    static final String CLUSTER = "main";

    public static RecoveryPlaces standard() {
        return new RecoveryPlaces(
                BACKUPS,
                "/var/lib/windlass-recovery",
                "/etc/postgresql",
                "/var/lib/postgresql",
                "/var/run/postgresql",
                5432,
                RecoveryFiles.identity(),
                RecoveryFiles.REPOSITORY);
    }

    /** A data directory on a machine with this file is the recovery's own, and is dropped without a question. */
    public String mark() {
        return work + "/unfinished";
    }

    /** Which database of the set has got which name on the server, a file each. */
    public String names() {
        return work + "/names";
    }

    /** What came of the replay of the cluster that is there; a server that is made anew begins without it. */
    public String replayed() {
        return work + "/replayed";
    }

    /** Of one archive, until its files are at their places. */
    public String unpacked(Object archive) {
        return work + "/files/" + archive;
    }

    /** Of one database or Redis server, opened. */
    public String opened(Object subject) {
        return work + "/opened/" + subject;
    }

    /** @param major of PostgreSQL */
    String configuration(int major) {
        return etc + "/" + major + "/" + CLUSTER;
    }

    /** @param major of PostgreSQL */
    String data(int major) {
        return clusters + "/" + major + "/" + CLUSTER;
    }
}
