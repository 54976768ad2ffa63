package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.ScratchSpace;
import dev.windlass.runbooks.backup.ScratchCommands;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a whole cluster has room beside the live one, with the dump of one database and the WAL that is replayed. */
final class RewoundRoom {
    /** max_wal_size of the cluster beside, and as much for what a large transaction of then adds. */
    private static final long WAL = 2L << 30;

    /** The dump is smaller than its database, and the database is a part of the cluster. */
    private static final long PARTS = 2;

    private RewoundRoom() {}

    /** In words. */
    static Optional<String> lack(Operations operations, PointInTime source) {
        Path scratch = Path.of(operations.backup().scratch().directory());
        long usable = ScratchSpace.usable(scratch);
        return usable < needed(source)
                ? Optional.of(PointInTimeFailures.lackOfRoom(source, scratch, needed(source), usable))
                : Optional.empty();
    }

    /** @throws io.temporal.failure.ApplicationFailure DISK_FULL, or CONFIGURATION when the path is too long for a socket */
    static void require(Operations operations, PointInTime source, String token) {
        String scratch = operations.backup().scratch().directory();
        ScratchSpace.requireSocketPath(
                Path.of(ScratchCommands.directoryIn(scratch).replace("{token}", token)));
        long usable = ScratchSpace.usable(Path.of(scratch));
        if (usable < needed(source)) {
            throw PointInTimeFailures.full(source, Path.of(scratch), needed(source), usable);
        }
    }

    private static long needed(PointInTime source) {
        return PARTS * source.bytes() + WAL;
    }
}
