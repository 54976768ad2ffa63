package dev.windlass.activities.stagingsync;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Jobs that several threads take from one queue, each with sessions of its own. The first failure ends all of them at once. */
final class Streams {
    private final List<Connection> connections = new ArrayList<>();
    private @Nullable Exception failure;

    private Streams() {}

    interface Worker<J> {
        void carryOut(J job) throws SQLException, Tripped;
    }

    interface Opening<J> {
        Worker<J> open(Streams stream) throws SQLException;
    }

    /** Called in the thread that is interrupted when the step is to end: then all sessions are ended. */
    static <J> void run(Collection<J> jobs, int count, Opening<J> opening) throws SQLException, Tripped {
        Streams streams = new Streams();
        Queue<J> queue = new ConcurrentLinkedQueue<>(jobs);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Math.min(count, jobs.size()); i++) {
            threads.add(Thread.ofVirtual().name("windlass-stream-" + i).start(() -> streams.work(queue, opening)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException stopping) {
            streams.fail(new IllegalStateException("interrupted", stopping));
            Thread.currentThread().interrupt();
        } finally {
            streams.abort();
        }
        streams.rethrow();
    }

    /** A session that ends with the streams: at once where they have failed while it was opened, for nobody comes by again. */
    synchronized Connection keep(Connection connection) {
        connections.add(connection);
        if (failure != null) {
            abort();
        }
        return connection;
    }

    private <J> void work(Queue<J> queue, Opening<J> opening) {
        try {
            Worker<J> worker = opening.open(this);
            for (J job = queue.poll(); job != null && isGoingOn(); job = queue.poll()) {
                worker.carryOut(job);
            }
        } catch (SQLException | Tripped | RuntimeException failed) {
            fail(failed);
            abort();
        } catch (Error broken) {
            // Else the thread would end without a word, and what it had not copied would be missing.
            fail(new IllegalStateException("a stream broke", broken));
            abort();
        }
    }

    /** What comes after the first is only its consequence. */
    private synchronized void fail(Exception failed) {
        if (failure == null) {
            failure = failed;
        }
    }

    private synchronized boolean isGoingOn() {
        return failure == null;
    }

    private synchronized void abort() {
        for (Connection connection : connections) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException gone) {
                // It is what was wanted.
                continue;
            }
        }
        connections.clear();
    }

    private synchronized void rethrow() throws SQLException, Tripped {
        switch (failure) {
            case null -> {}
            case SQLException refused -> throw refused;
            case Tripped tripped -> throw tripped;
            case RuntimeException broken -> throw broken;
            default -> throw new IllegalStateException(failure);
        }
    }
}
