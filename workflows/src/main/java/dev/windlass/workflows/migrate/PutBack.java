package dev.windlass.workflows.migrate;

import dev.windlass.workflows.backup.SetId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What putting a database back came to. @param restored empty where nothing of the migrations was left in it */
public record PutBack(Optional<Restored> restored) {
    /**
     * A restored copy has taken the database's name.
     *
     * @param until no later was anything written into the one that failed
     * @param kept its name now; nobody connects to it
     * @param open the statement that lets people look into it
     * @param drop the statement that ends it
     */
    public record Restored(SetId set, Instant snapshotAt, Instant until, String kept, String open, String drop) {}

    public static PutBack withoutRestore() {
        return new PutBack(Optional.empty());
    }

    /** For whoever looks for what was lost; empty where nothing was. */
    public Optional<String> words() {
        return restored.map(way -> "put back from set " + way.set() + ": what was written between "
                + seconds(way.snapshotAt()) + " and " + seconds(way.until()) + " is in " + way.kept()
                + " only, which takes no sessions; to look into it: " + way.open() + "; to drop it: " + way.drop());
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
