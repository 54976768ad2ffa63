package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Slots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a scratch cluster needs of its surroundings, and what it needs to know of the original. */
public final class ScratchSpace {
    /** The copy with its indexes, the opened dump, and what is written while indexes are built. */
    private static final double FACTOR = 2.5;

    private static final long MARGIN = 512L << 20;
    /** sun_path of unix(7) holds 108 bytes with its end. */
    private static final int LONGEST_SOCKET_PATH = 107;
    /** These cannot be created unless their library was loaded at the start. */
    private static final Set<String> PRELOADED = Set.of("timescaledb", "pg_cron", "pgaudit", "citus");

    private ScratchSpace() {}

    public static void requireSocketPath(Path directory) {
        String socket = directory + "/.s.PGSQL.5432";
        if (socket.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
            throw PostgresFailures.failure(
                    FailureType.CONFIGURATION,
                    "socket path " + socket + " is longer than " + LONGEST_SOCKET_PATH + " bytes",
                    "give the key backup.scratch.directory a shorter path",
                    "scratch-cluster",
                    null);
        }
    }

    static void require(Path directory, long databaseBytes) {
        requireFree(directory, (long) (databaseBytes * FACTOR) + MARGIN);
    }

    /** Unpacked files, and where they were fetched the archive beside them. */
    static void requireFiles(Path directory, long bytes) {
        requireFree(directory, 2 * bytes + MARGIN);
    }

    private static void requireFree(Path directory, long needed) {
        long usable = usable(directory);
        if (usable < needed) {
            throw ScratchCluster.full(Objects.requireNonNull(directory.getParent()), needed, usable);
        }
    }

    public static long usable(Path directory) {
        Path existing = directory;
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        try {
            return Files.getFileStore(existing).getUsableSpace();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Libraries that run jobs of their own get no worker to run them in: a copy must not act. */
    static Slots slots(DatabaseFacts facts, Database original) {
        Set<String> preload = preloaded(facts.extensions().keySet());
        return Slots.of("superuser", facts.superuser())
                .with("preload", String.join(",", preload))
                .with("workers", preload.isEmpty() ? "8" : "0")
                .with("home", original.database().replace("'", "''"));
    }

    /** Those of the libraries without which a table of theirs cannot be read. */
    public static SortedSet<String> preloaded(Collection<String> libraries) {
        SortedSet<String> preload = new TreeSet<>(libraries);
        preload.retainAll(PRELOADED);
        return preload;
    }

    static long mebibytes(long bytes) {
        return bytes >> 20;
    }
}
