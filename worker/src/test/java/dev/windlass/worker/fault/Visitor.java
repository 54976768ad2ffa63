package dev.windlass.worker.fault;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Somebody who asks for a shop's page all the time, over a new connection each. */
final class Visitor implements AutoCloseable {
    private final String url;
    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean isLeaving;

    Visitor(Shop shop) {
        this.url = shop.url("/");
        this.thread = Thread.ofPlatform().daemon().start(this::visit);
    }

    private void visit() {
        while (!isLeaving) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url).toURL().openConnection();
                connection.setRequestProperty("Connection", "close");
                connection.setReadTimeout(20_000);
                int status = connection.getResponseCode();
                if (status == 200) {
                    try (var body = connection.getInputStream()) {
                        body.readAllBytes();
                    }
                } else {
                    failures.add(url + ": status " + status);
                }
            } catch (IOException broken) {
                failures.add(url + ": " + broken);
            }
            answered.incrementAndGet();
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        isLeaving = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
