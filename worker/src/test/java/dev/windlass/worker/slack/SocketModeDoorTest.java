package dev.windlass.worker.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.audit.AuditEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Slack that is there and does not talk: the double always does, so this one is made of a bare socket. */
class SocketModeDoorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String HELLO = "{\"type\":\"hello\"}";

    private final CompletableFuture<Socket> first = new CompletableFuture<>();
    private final List<Socket> answered = new CopyOnWriteArrayList<>();
    private ServerSocket slack;
    private SocketModeDoor door;

    @BeforeEach
    void open() throws IOException {
        slack = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::answerAllButTheFirst);
        URI address = URI.create("ws://127.0.0.1:" + slack.getLocalPort() + "/link/");
        DoorAudit audit = new DoorAudit(new ArrayList<AuditEvent>()::add, Clock.systemUTC());
        door = new SocketModeDoor(
                () -> address, () -> new SocketLink((payload, name) -> new Reply.NotTaken(503), audit), PATIENCE);
        door.start();
    }

    @AfterEach
    void close() throws IOException {
        door.stop();
        slack.close();
        for (Socket socket : answered) {
            socket.close();
        }
    }

    @Test
    void connectsAgainWhenTheHandshakeIsNeverAnswered() throws Exception {
        try (Socket mute = first.get(20, TimeUnit.SECONDS)) {
            assertThat(mute.getInputStream().readAllBytes()).isNotEmpty();
        }
        Eventually.holds(Duration.ofSeconds(30), "the door is connected", door::isConnected);
    }

    @Test
    void endsAConnectionThatSaysNoHello() throws Exception {
        try (Socket mute = first.get(20, TimeUnit.SECONDS)) {
            answerHandshake(mute);

            assertThat(mute.getInputStream().read()).isEqualTo(-1);
        }
        Eventually.holds(Duration.ofSeconds(30), "the door is connected", door::isConnected);
    }

    private void answerAllButTheFirst() {
        try {
            Socket mute = slack.accept();
            mute.setSoTimeout(20_000);
            first.complete(mute);
            while (true) {
                answered.add(slack.accept());
                greet(answered.getLast());
            }
        } catch (IOException | NoSuchAlgorithmException ended) {
            first.completeExceptionally(ended);
        }
    }

    private static void greet(Socket socket) throws IOException, NoSuchAlgorithmException {
        try {
            answerHandshake(socket);
            say(socket, HELLO);
        } catch (SocketException givenUp) {
            socket.close();
        }
    }

    /** RFC 6455, 4.2.2. */
    private static void answerHandshake(Socket socket) throws IOException, NoSuchAlgorithmException {
        var request = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String key = "";
        for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            }
        }
        byte[] accepted = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accepted) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 6455, 5.2: one final text frame, shorter than 126 bytes. */
    private static void say(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(0x81);
        socket.getOutputStream().write(bytes.length);
        socket.getOutputStream().write(bytes);
    }
}
