package dev.windlass.testbed.slack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Slack's end of Socket Mode: https://docs.slack.dev/apis/events-api/using-socket-mode . An address from
 * apps.connections.open is used once; hello comes first; an envelope goes to one connection and wants its id back.
 */
final class SocketMode extends WebSocketServer implements AutoCloseable {
    private final Set<String> tickets = ConcurrentHashMap.newKeySet();
    private final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final CountDownLatch started = new CountDownLatch(1);

    SocketMode(int port) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        setReuseAddr(true);
        setDaemon(true);
    }

    void begin() {
        start();
        try {
            if (!started.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the Socket Mode end does not listen");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** https://docs.slack.dev/reference/methods/apps.connections.open */
    ObjectNode issue() {
        String ticket = UUID.randomUUID().toString();
        tickets.add(ticket);
        return SlackCall.JSON
                .createObjectNode()
                .put("url", "ws://127.0.0.1:" + getPort() + "/link/?ticket=" + ticket + "&app_id=" + Interactivity.APP);
    }

    Delivery.Outcome send(String type, ObjectNode payload) {
        Optional<WebSocket> connection =
                getConnections().stream().filter(WebSocket::isOpen).findAny();
        if (connection.isEmpty()) {
            return Delivery.Outcome.failed("Windlass is not connected");
        }
        String id = UUID.randomUUID().toString();
        ObjectNode envelope = SlackCall.JSON.createObjectNode();
        envelope.put("envelope_id", id).put("type", type).put("accepts_response_payload", true);
        envelope.set("payload", payload);
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            connection.get().send(envelope.toString());
            return new Delivery.Outcome("", answer.get(Delivery.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException silent) {
            return Delivery.Outcome.failed("Windlass did not answer within 3 seconds");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Delivery.Outcome.failed("the double is stopping");
        } finally {
            waiting.remove(id);
        }
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        String resource = handshake.getResourceDescriptor();
        String ticket = resource.replaceAll(".*[?&]ticket=([^&]*).*", "$1");
        if (!tickets.remove(ticket)) {
            connection.close(1008, "ticket");
            return;
        }
        ObjectNode hello = SlackCall.JSON.createObjectNode();
        hello.put("type", "hello").put("num_connections", getConnections().size());
        hello.putObject("connection_info").put("app_id", Interactivity.APP);
        hello.putObject("debug_info").put("approximate_connection_time", 18060);
        connection.send(hello.toString());
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
        try {
            JsonNode json = SlackCall.JSON.readTree(message);
            CompletableFuture<JsonNode> answer =
                    waiting.get(json.path("envelope_id").asString(""));
            if (answer != null) {
                answer.complete(json.path("payload"));
            }
        } catch (JacksonException none) {
            connection.close(1007, "not JSON");
        }
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

    @Override
    public void onError(WebSocket connection, Exception failed) {}

    byte[] connections() {
        return Long.toString(getConnections().stream().filter(WebSocket::isOpen).count())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As a network that breaks: no closing handshake. */
    byte[] drop() {
        getConnections().forEach(connection -> connection.closeConnection(1006, "dropped"));
        return connections();
    }

    /** As Slack does before it closes a connection after some hours. */
    byte[] askToReconnect() {
        String disconnect = SlackCall.JSON
                .createObjectNode()
                .put("type", "disconnect")
                .put("reason", "refresh_requested")
                .toString();
        getConnections().forEach(connection -> connection.send(disconnect));
        return connections();
    }

    @Override
    public void close() {
        try {
            stop(500);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
