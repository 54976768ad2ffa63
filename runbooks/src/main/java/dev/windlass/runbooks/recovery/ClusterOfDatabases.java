package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.recovery.LostCluster.LostDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which databases of a set were in a cluster, as the ops.yml of their machine says. */
public final class ClusterOfDatabases {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private ClusterOfDatabases() {}

    /** Empty where one of the set's was elsewhere: it would be missing in the end. */
    public static Optional<List<LostDatabase>> databases(Operations operations, Cluster cluster, Manifest manifest) {
        Database through = operations.databases().get(cluster.database());
        List<LostDatabase> found = new ArrayList<>();
        for (DatabaseSummary summary : manifest.databases()) {
            Database database = operations.databases().get(summary.database());
            if (through == null || database == null || !isOfOneServer(through, database)) {
                return Optional.empty();
            }
            found.add(new LostDatabase(summary.database(), database.database()));
        }
        return Optional.of(found);
    }

    private static boolean isOfOneServer(Database one, Database other) {
        return one.port() == other.port()
                && (one.host().equals(other.host()) || (isHere(one.host()) && isHere(other.host())));
    }

    private static boolean isHere(String host) {
        return host.startsWith("/") || LOOPBACK.contains(host);
    }
}
