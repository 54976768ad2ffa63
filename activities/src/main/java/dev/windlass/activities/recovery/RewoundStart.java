package dev.windlass.activities.recovery;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.workflows.recovery.CopySource.PointInTime;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;

/** What became of the start of a cluster that replays WAL: pg_ctl only says that it failed, the server's log says why. */
record RewoundStart(PointInTime source, Path directory) {
    static final String ENDED = "recovery ended before configured recovery target was reached";

    private static final String NO_ROOM = "No space left on device";

    void require(CommandResult start) {
        if (!start.isSuccess()) {
            throw failure(start.summary());
        }
    }

    /** @param otherwise what is said where the log says nothing */
    ApplicationFailure failure(String otherwise) {
        String words = ServerLog.of(directory.resolve("server.log")).lastFatalLine(otherwise);
        if (words.contains(ENDED)) {
            return PointInTimeFailures.replayEnded(source);
        }
        if (words.contains(ServerLog.NOT_FETCHED)) {
            return PointInTimeFailures.walNotFetched(source, words);
        }
        return PointInTimeFailures.notStarted(words.contains(NO_ROOM) ? "its disk is full" : words);
    }
}
