package dev.windlass.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the copy beside a database comes from. All else of a recovery is the same, whichever it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "from")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CopySource.BackupSet.class, name = "set"),
    @JsonSubTypes.Type(value = CopySource.PointInTime.class, name = "time")
})
public sealed interface CopySource {
    /** What its rows are as of. */
    Instant at();

    String words();

    /** @param identity empty means the set's own */
    record BackupSet(Manifest manifest, Instant at, StoreName store, Optional<SecretReference> identity)
            implements CopySource {
        @Override
        public String words() {
            return "set " + manifest.set() + " of store " + store;
        }
    }

    /**
     * The protected cluster that holds the database, as it was at a moment: restored beside the live one, for as long as it
     * takes to dump the one database.
     *
     * @param at everything that was committed until then, this included
     * @param backup label of the physical backup that WAL is replayed onto
     * @param bytes of the whole cluster in that backup
     * @param tools directory of the programs that are of the server's own version
     */
    record PointInTime(ClusterName cluster, Instant at, String backup, long bytes, String tools, Replay replay)
            implements CopySource {
        @Override
        public String words() {
            return "cluster " + cluster + " at " + at;
        }
    }

    /**
     * What the server that replays must have like the live one.
     *
     * @param superuser the cluster's first one, whom nobody can have dropped
     * @param preparedTransactions max_prepared_transactions
     * @param preload libraries without which tables cannot be read
     */
    record Replay(String superuser, int preparedTransactions, List<String> preload) {
        public Replay {
            preload = List.copyOf(preload);
        }
    }
}
