package dev.windlass.workflows.recovery;

import java.time.Duration;

/**
 * What came back out of the bucket, and how long it took. All its rows were read.
 *
 * @param restore physical backup to disk
 * @param replay start of the server, and WAL up to the moment
 * @param read every row of every table of the one database, and its smoke queries
 * @param bytes of that database
 */
public record RestoredCluster(Duration restore, Duration replay, Duration read, long tables, long rows, long bytes) {
    /** Until the server would answer the app. */
    public Duration untilItAnswers() {
        return restore.plus(replay);
    }
}
