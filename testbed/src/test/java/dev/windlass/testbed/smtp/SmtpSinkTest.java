package dev.windlass.testbed.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmtpSinkTest {
    @TempDir
    Path data;

    private SmtpSink sink;

    @BeforeEach
    void start() throws IOException {
        sink = SmtpSink.start(data, 0, 0);
    }

    @AfterEach
    void stop() throws IOException {
        sink.close();
    }

    /** Says each line once the answer to the one before has come; gives the answers' last lines. */
    private List<String> talk(String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", sink.port())) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> answers = new ArrayList<>();
            answers.add(answer(in));
            for (String line : lines) {
                socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
                answers.add(answer(in));
            }
            return answers;
        }
    }

    private static String answer(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        return line == null ? "closed" : line.substring(0, 3);
    }

    private String messages() throws IOException {
        return Files.readString(data.resolve("messages.jsonl"));
    }

    private void order(String fault) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(URI.create(sink.controlUrl() + "/faults"))
                            .POST(HttpRequest.BodyPublishers.ofString(fault))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    @Test
    void keepsAMessageWithItsDotsUnstuffed() throws IOException {
        assertThat(talk(
                        "EHLO client",
                        "MAIL FROM:<windlass@example.org>",
                        "RCPT TO:<ops@example.org>",
                        "DATA",
                        "Subject: backup proven\r\nMessage-ID: <run-1@windlass>\r\n\r\n..dot\r\n.",
                        "QUIT"))
                .containsExactly("220", "250", "250", "250", "354", "250", "221");
        assertThat(messages())
                .hasLineCount(1)
                .contains("\"from\":\"windlass@example.org\"", "\"to\":[\"ops@example.org\"]", "\\r\\n.dot\\r\\n");
    }

    @Test
    void refusesCommandsOutOfOrderAndMalformedPaths() throws IOException {
        assertThat(talk("MAIL FROM:<a@example.org>", "EHLO c", "RCPT TO:<a@example.org>", "DATA"))
                .containsExactly("220", "503", "250", "503", "503");
        assertThat(talk("EHLO c", "MAIL FROM: a@example.org", "MAIL FROM:<a@b>", "RCPT TO:<nobody>", "STARTTLS"))
                .containsExactly("220", "250", "501", "250", "501", "502");
        assertThat(messages()).isEmpty();
    }

    @Test
    void aDroppedAnswerLeavesTheMessageAccepted() throws Exception {
        order("{\"match\":\"^DATA END\",\"action\":\"drop-answer\"}");
        assertThat(talk("EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<a@b>", "DATA", "Subject: x\r\n\r\nx\r\n."))
                .endsWith("354", "closed");
        assertThat(messages()).hasLineCount(1);
    }

    @Test
    void anOrderedStatusRefusesTheRecipient() throws Exception {
        order("{\"match\":\"^RCPT\",\"action\":\"status 450\"}");
        assertThat(talk("EHLO c", "MAIL FROM:<a@b>", "RCPT TO:<a@b>")).endsWith("450");
    }
}
