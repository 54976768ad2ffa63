package dev.windlass.worker.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who writes a row after the other, and keeps a log of what the server has said is committed. */
final class SteadyWriter implements AutoCloseable {
    static final String TABLE = "app.ledger";

    private final List<Entry> log = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean goesOn = true;

    /** @param committed when the server's answer was there */
    record Entry(long number, String words, Instant committed) {}

    private SteadyWriter(LossyShop shop) {
        thread = Thread.ofPlatform().daemon().name("writer").unstarted(() -> write(shop));
    }

    static SteadyWriter start(Rig rig) throws SQLException {
        rig.postgres.sql(
                Cluster.DATABASE, "CREATE TABLE " + TABLE + " (number bigint PRIMARY KEY, words text NOT NULL)");
        SteadyWriter writer = new SteadyWriter(new LossyShop(rig));
        writer.thread.start();
        return writer;
    }

    private void write(LossyShop shop) {
        try (Connection connection = shop.connect(Cluster.DATABASE);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
            for (long number = 1; goesOn; number++) {
                String words = "row " + number + " of " + Instant.now();
                insert.setLong(1, number);
                insert.setString(2, words);
                insert.executeUpdate();
                log.add(new Entry(number, words, Instant.now()));
                Thread.sleep(20);
            }
        } catch (SQLException killed) {
            // What it was told of is in the log.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was committed, in the order in which it was. */
    List<Entry> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() throws InterruptedException {
        goesOn = false;
        thread.interrupt();
        thread.join();
    }
}
