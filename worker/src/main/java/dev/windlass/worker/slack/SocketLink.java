package dev.windlass.worker.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.kernel.PayloadJson;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One Socket Mode connection: https://docs.slack.dev/apis/events-api/using-socket-mode . */
final class SocketLink implements WebSocket.Listener {
    static final String DOOR = "slack socket";

    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(15);
    /** Slack pings too; a connection that is silent for so long is dead, whatever the kernel thinks. */
    private static final Duration SILENCE = Duration.ofSeconds(50);

    enum End {
        CLOSED,
        /** Slack is about to close it: a new one is made first. */
        REFRESH
    }

    private final BiFunction<String, String, Reply> handler;
    private final DoorAudit audit;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> hello = new CompletableFuture<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private volatile long heardAt = System.nanoTime();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    /** @param handler takes the payload and the door's name */
    SocketLink(BiFunction<String, String, Reply> handler, DoorAudit audit) {
        this.handler = handler;
        this.audit = audit;
    }

    /** @throws IllegalStateException when Slack says nothing, or closes at once */
    void awaitHello(Duration limit) throws InterruptedException {
        try {
            CompletableFuture.anyOf(hello, end).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            throw new IllegalStateException(
                    "it took the connection and said no hello within " + limit.toMillis() + " ms");
        }
        if (!hello.isDone()) {
            throw new IllegalStateException("closed before its hello");
        }
    }

    End awaitEnd(WebSocket socket) throws InterruptedException {
        while (true) {
            try {
                return end.get(BETWEEN_PINGS.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException quiet) {
                if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
                    socket.abort();
                    return End.CLOSED;
                }
                inTurn(() -> socket.sendPing(ByteBuffer.wrap(new byte[] {1})));
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heardAt = System.nanoTime();
        text.append(data);
        if (text.length() > InteractionsEndpoint.MOST) {
            audit.unsigned(DOOR, Refusal.MALFORMED, "more than " + InteractionsEndpoint.MOST + " characters");
            end.complete(End.CLOSED);
            socket.abort();
            return null;
        }
        if (last) {
            String message = text.toString();
            text.setLength(0);
            take(socket, message);
        }
        socket.request(1);
        return null;
    }

    private void take(WebSocket socket, String message) {
        JsonNode envelope;
        try {
            envelope = PayloadJson.mapper().readTree(message);
        } catch (JsonProcessingException broken) {
            audit.unsigned(DOOR, Refusal.MALFORMED, "not JSON");
            return;
        }
        switch (envelope.path("type").asText("")) {
            case "hello" -> hello.complete(null);
            case "disconnect" -> end.complete(End.REFRESH);
            case "interactive" -> Thread.startVirtualThread(() -> answer(socket, envelope));
            // Events and commands the app never asked for: taken, or they would come again.
            default -> acknowledge(socket, envelope, PayloadJson.mapper().missingNode());
        }
    }

    private void answer(WebSocket socket, JsonNode envelope) {
        Reply reply = handler.apply(envelope.path("payload").toString(), DOOR);
        if (reply instanceof Reply.Acknowledged yes) {
            try {
                acknowledge(
                        socket,
                        envelope,
                        yes.body().isPresent()
                                ? PayloadJson.mapper().readTree(yes.body().get())
                                : PayloadJson.mapper().missingNode());
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private void acknowledge(WebSocket socket, JsonNode envelope, JsonNode payload) {
        String id = envelope.path("envelope_id").asText("");
        if (id.isEmpty()) {
            return;
        }
        ObjectNode answer = PayloadJson.mapper().createObjectNode().put("envelope_id", id);
        if (!payload.isMissingNode()) {
            answer.set("payload", payload);
        }
        inTurn(() -> socket.sendText(answer.toString(), true));
    }

    /** The JDK refuses a second message while one is under way. */
    private synchronized void inTurn(Supplier<CompletableFuture<WebSocket>> send) {
        sent = sent.handle((done, failed) -> done).thenCompose(before -> send.get());
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        heardAt = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heardAt = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        end.complete(End.CLOSED);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failed) {
        end.complete(End.CLOSED);
    }
}
