package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A cluster of the lost machine that pgBackRest protected, as the bucket has it.
 *
 * @param major of PostgreSQL
 * @param passphrase the file that opens its repository, at the place where the set's files bring it
 * @param databases those of the set
 * @param archived when the newest WAL came into the bucket, by the store's clock
 * @param to the moment up to which WAL is replayed; empty means the last one that was archived
 */
public record LostCluster(
        ClusterName name,
        String stanza,
        int major,
        String passphrase,
        List<LostDatabase> databases,
        Instant archived,
        Optional<Instant> to) {
    public LostCluster {
        databases = List.copyOf(databases);
    }

    /** @param called its name on the server */
    public record LostDatabase(DatabaseName database, String called) {}

    /** @return its name on the server */
    public String called(DatabaseName database) {
        return databases.stream()
                .filter(each -> each.database().equals(database))
                .map(LostDatabase::called)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cluster " + name + " has no database " + database));
    }
}
