package dev.windlass.worker.slack;

import dev.windlass.workflows.kernel.Failure;
import io.temporal.failure.ApplicationFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The Socket Mode door: a connection from here to Slack, made again for as long as the process lives.
 *
 * <p>On the JDK's WebSocket instead of Slack's client: when apps.connections.open answers {@code ok: false} just once,
 * that client's session monitor dies of the exception and never connects again (1.51.0, SocketModeClient); it also polls
 * its queue with ten threads every ten milliseconds.
 */
final class SocketModeDoor implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SocketModeDoor.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Clicks that came through the old connection are still acknowledged on it. */
    private static final Duration OVERLAP = Duration.ofSeconds(4);

    private final Supplier<URI> address;
    private final Supplier<SocketLink> links;
    private final Duration patience;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile @Nullable Thread thread;
    private volatile @Nullable WebSocket open;
    private Duration wait = FIRST_WAIT;
    private String said = "";

    SocketModeDoor(Supplier<URI> address, Supplier<SocketLink> links) {
        this(address, links, PATIENCE);
    }

    /** @param patience with each of: connecting and its handshake, hello */
    SocketModeDoor(Supplier<URI> address, Supplier<SocketLink> links, Duration patience) {
        this.address = address;
        this.links = links;
        this.patience = patience;
    }

    boolean isConnected() {
        return open != null;
    }

    @Override
    public void start() {
        Thread connecting =
                Thread.ofPlatform().name("windlass-slack-socket").daemon().unstarted(this::run);
        // Known before it runs: a thread that does not find itself here takes it for the end.
        thread = connecting;
        connecting.start();
    }

    private void run() {
        try {
            while (thread == Thread.currentThread()) {
                connectOnce();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectOnce() throws InterruptedException {
        try {
            stayConnected();
            LOG.info("the connection to Slack ended; a new one is made");
        } catch (ExecutionException | RuntimeException failed) {
            closeLater(open);
            open = null;
            tell(failed);
            asSlackAsks(failed);
        }
        TimeUnit.MILLISECONDS.sleep(wait.toMillis());
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }

    /** Returns when there is no connection any more. */
    private void stayConnected() throws InterruptedException, ExecutionException {
        SocketLink.End end;
        do {
            SocketLink link = links.get();
            WebSocket before = open;
            WebSocket socket = connect(link);
            open = socket;
            said = "";
            LOG.info("connected to Slack");
            closeLater(before);
            long since = System.nanoTime();
            end = link.awaitEnd(socket);
            if (System.nanoTime() - since > LONG_ENOUGH.toNanos()) {
                wait = FIRST_WAIT;
            } else if (end == SocketLink.End.REFRESH) {
                TimeUnit.MILLISECONDS.sleep(FIRST_WAIT.toMillis());
            }
        } while (end == SocketLink.End.REFRESH);
        open = null;
    }

    /** Without a limit of its own the JDK waits for the answer to a handshake for ever. */
    private WebSocket connect(SocketLink link) throws InterruptedException, ExecutionException {
        WebSocket socket = http.newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(address.get(), link)
                .get();
        boolean isGreeted = false;
        try {
            link.awaitHello(patience);
            isGreeted = true;
            return socket;
        } finally {
            if (!isGreeted) {
                socket.abort();
            }
        }
    }

    private static void closeLater(@Nullable WebSocket before) {
        if (before != null) {
            CompletableFuture.delayedExecutor(OVERLAP.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(before::abort);
        }
    }

    private void tell(Exception failed) {
        String why = Failure.messageOf(failed);
        if (!why.equals(said)) {
            LOG.warn("no connection to Slack, buttons do not work: {}", why);
            said = why;
        }
    }

    private void asSlackAsks(Exception failed) {
        if (failed instanceof ApplicationFailure failure && failure.getNextRetryDelay() != null) {
            wait = failure.getNextRetryDelay();
        }
    }

    @Override
    public void stop() {
        Thread stopping = thread;
        thread = null;
        WebSocket socket = open;
        open = null;
        if (socket != null) {
            socket.abort();
        }
        if (stopping != null) {
            stopping.interrupt();
        }
        http.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
