package dev.windlass.activities.stagingsync;

import dev.windlass.runbooks.config.ReadingLimits;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps a copy from costing its source more than was agreed to: bytes in a second, and time for which one moment is held. */
final class SourceWatch implements AutoCloseable {
    private static final long LONGEST_NAP = Duration.ofSeconds(1).toNanos();

    /** What was not read while the target was slow is not made up for later, beyond this. */
    private static final long CREDIT = Duration.ofSeconds(1).toNanos();

    private final ReadingLimits limits;
    private final List<Connection> sessions = new ArrayList<>();
    private final Thread thread;
    private long paidUntil = System.nanoTime();
    private boolean isOver;
    private boolean isLetGo;

    SourceWatch(ReadingLimits limits) {
        this.limits = limits;
        this.thread = Thread.ofVirtual().name("windlass-source-watch").start(this::watch);
    }

    private void watch() {
        try {
            Thread.sleep(limits.moment());
            endAll();
        } catch (InterruptedException letGo) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endAll() {
        if (isLetGo) {
            return;
        }
        isOver = true;
        sessions.forEach(SourceWatch::end);
    }

    private static void end(Connection session) {
        try {
            session.abort(Runnable::run);
        } catch (SQLException gone) {
            return; // it is what was wanted
        }
    }

    /** A session that holds the moment, or reads it. */
    synchronized Connection keep(Connection session) {
        sessions.add(session);
        if (isOver) {
            end(session);
        }
        return session;
    }

    /** Waits where more was read than the rate lets through. Called by all streams. */
    void read(long more) throws SQLException {
        if (limits.mebibytesPerSecond().isEmpty()) {
            return;
        }
        long due;
        synchronized (this) {
            long cost = (long) (more * 1e9 / (limits.mebibytesPerSecond().get() * 1024.0 * 1024.0));
            long earliest = System.nanoTime() - CREDIT;
            paidUntil = (paidUntil - earliest > 0 ? paidUntil : earliest) + cost;
            due = paidUntil;
        }
        try {
            for (long left = due - System.nanoTime(); left > 0 && !isOver(); left = due - System.nanoTime()) {
                Thread.sleep(Duration.ofNanos(Math.min(left, LONGEST_NAP)));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted", "57014", stopping);
        }
    }

    synchronized boolean isOver() {
        return isOver;
    }

    /** The moment is not held any more. */
    synchronized void letGo() {
        isLetGo = true;
        thread.interrupt();
    }

    @Override
    public void close() {
        letGo();
    }

    ApplicationFailure failure() {
        return StagingSyncFailures.failure(
                FailureType.PRECONDITION,
                "the copy has held its moment of production for " + Quantities.time(limits.moment())
                        + ", as long as max_snapshot_age lets it",
                "take a backup as the source, or a quiet hour and a higher max_rate; the copy was dropped, and staging is as it was",
                "snapshot-age");
    }
}
