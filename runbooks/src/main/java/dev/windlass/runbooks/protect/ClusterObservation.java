package dev.windlass.runbooks.protect;

import dev.windlass.workflows.kernel.Sorted;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What planning saw of a cluster.
 *
 * @param server version of PostgreSQL, such as {@code 15.18}
 * @param pgbackrest its version, such as {@code 2.45}
 * @param tools directory of pg_ctl
 * @param file pgBackRest's configuration, compared with what it has to be
 * @param repository what lies in the bucket, where the file is right and could be used to ask
 * @param configured the settings that are in force after a reload or restart, by name; absent ones are at their default
 * @param altered those of them that stand in postgresql.auto.conf: what the undo puts back
 * @param running archive_mode as the server has it now
 */
public record ClusterObservation(
        String server,
        String pgbackrest,
        String tools,
        File file,
        Repository repository,
        SortedMap<String, String> configured,
        SortedMap<String, String> altered,
        String running) {
    public enum File {
        ABSENT,
        DIFFERENT,
        RIGHT
    }

    public enum Repository {
        UNKNOWN,
        NO_STANZA,
        NO_BACKUP,
        HAS_BACKUP
    }

    public ClusterObservation {
        configured = Sorted.copyOf(configured);
        altered = Sorted.copyOf(altered);
    }

    Optional<String> configured(String name) {
        return Optional.ofNullable(configured.get(name)).filter(value -> !value.isEmpty());
    }

    boolean isArchiving() {
        return running.equals("on") || running.equals("always");
    }
}
