package dev.windlass.activities.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** People who ask for a page again and again, each time over a connection of its own. */
final class Visitors implements AutoCloseable {
    private final String url;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    Visitors(String url, int count) {
        this.url = url;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().start(this::visit));
        }
    }

    private void visit() {
        while (!stopped) {
            try {
                begun.incrementAndGet();
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url).toURL().openConnection();
                connection.setRequestProperty("Connection", "close");
                connection.setReadTimeout(10_000);
                int status = connection.getResponseCode();
                if (status == 200) {
                    try (InputStream body = connection.getInputStream()) {
                        body.readAllBytes();
                    }
                } else {
                    failures.add("status " + status);
                }
            } catch (IOException broken) {
                failures.add(broken.toString());
            }
            answered.incrementAndGet();
        }
    }

    long count() {
        return answered.get();
    }

    void until(long count) {
        ShopHost.until(() -> answered.get() >= count);
    }

    void untilBegun() {
        ShopHost.until(() -> begun.get() > 0);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
