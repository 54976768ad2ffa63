package dev.windlass.testbed.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Ordinary use, and clients that misbehave. */
class CloudflareDoubleTest {
    private static final String ZONE = "/zones/023e105f4ecef8ad9ca31a8372d0c353/dns_records";
    private static final String FIRST = ZONE + "/00000000000000000000000000000001";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path data;

    private CloudflareDouble.Started cloudflare;

    @BeforeEach
    void start() throws IOException {
        cloudflare = start(Set.of("zone:read", "dns:edit"), 1200);
    }

    @AfterEach
    void stop() {
        cloudflare.close();
    }

    private CloudflareDouble.Started start(Set<String> permissions, int limit) throws IOException {
        return CloudflareDouble.start(new CloudflareDouble.Settings(
                data,
                0,
                0,
                0,
                Optional.empty(),
                CloudflareCommand.TOKEN,
                "active",
                permissions,
                "example.com",
                "active",
                List.of(
                        "A shop.example.com 203.0.113.10 3600",
                        "A shop.example.com 203.0.113.11 3600",
                        "A www.example.com 203.0.113.10 proxied",
                        "AAAA *.example.com 2001:db8::1 auto"),
                limit,
                Duration.ofMinutes(5)));
    }

    private void startAgain(Set<String> permissions, int limit) throws IOException {
        cloudflare.close();
        cloudflare = start(permissions, limit);
    }

    @Test
    void findsTheZoneAndItsRecordsPageByPage() {
        JsonNode zone = json(get("/zones?name=example.com"));
        assertThat(zone.path("result").get(0).path("name_servers")).hasSize(2);
        assertThat(json(get("/zones?name=example.org")).path("result")).isEmpty();
        JsonNode second = json(get(ZONE + "?per_page=3&page=2"));
        assertThat(second.path("result")).hasSize(1);
        assertThat(second.path("result_info").path("total_pages").asInt()).isEqualTo(2);
        assertThat(json(get(ZONE + "?name.exact=shop.example.com&type=A")).path("result"))
                .hasSize(2);
        assertThat(json(get("/user/tokens/verify"))
                        .path("result")
                        .path("status")
                        .asString(""))
                .isEqualTo("active");
    }

    @Test
    void changesOnlyWhatIsSentAndKeepsItOverAKill() throws IOException {
        JsonNode changed = json(patch(FIRST, "{\"content\":\"198.51.100.7\",\"ttl\":60}"));
        assertThat(changed.path("result").path("content").asString("")).isEqualTo("198.51.100.7");
        startAgain(Set.of("dns:read"), 1200);
        JsonNode kept = json(get(FIRST)).path("result");
        assertThat(kept.path("ttl").asInt()).isEqualTo(60);
        assertThat(kept.path("comment").asString("")).isEqualTo("made by testbed");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"content\":\"203.0.113.300\"}',9005",
        "'{\"ttl\":30}',9021",
        "'{\"ttl\":\"60\"}',9021",
        "'{\"content\":\"203.0.113.11\"}',81058",
        "'{\"adress\":\"203.0.113.12\"}',0",
        "'{\"type\":\"CNAME\"}',0",
        "'[]',9207",
        "'{',9207"
    })
    void refusesAChangeThatCannotBe(String body, int code) {
        HttpResponse<String> answer = patch(FIRST, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(json(get(FIRST)).path("result").path("content").asString("")).isEqualTo("203.0.113.10");
    }

    @Test
    void aProxiedRecordHasTheAutomaticTtlOnly() {
        String proxied = ZONE + "/00000000000000000000000000000003";
        assertThat(json(patch(proxied, "{\"ttl\":60}"))
                        .path("result")
                        .path("ttl")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(code(get(ZONE + "/ffffffffffffffffffffffffffffffff"))).isEqualTo(81044);
        assertThat(get(ZONE + "/ffffffffffffffffffffffffffffffff").statusCode()).isEqualTo(404);
        assertThat(code(get("/zones/x/dns_record"))).isEqualTo(7003);
        assertThat(code(get(ZONE + "?nmae=shop.example.com"))).isZero();
    }

    @Test
    void refusesAnotherTokenAndOneWithoutPermission() throws IOException {
        assertThat(code(send("GET", "/zones", "", Optional.empty()))).isEqualTo(9106);
        HttpResponse<String> malformed = send("GET", "/zones", "", Optional.of("Bearer short"));
        assertThat(json(malformed)
                        .path("errors")
                        .get(0)
                        .path("error_chain")
                        .get(0)
                        .path("code")
                        .asInt())
                .isEqualTo(6111);
        Optional<String> other = Optional.of("Bearer " + "x".repeat(40));
        assertThat(code(send("GET", "/zones", "", other))).isEqualTo(9109);
        assertThat(code(send("GET", "/user/tokens/verify", "", other))).isEqualTo(1000);
        startAgain(Set.of("dns:read"), 1200);
        assertThat(get("/zones").statusCode()).isEqualTo(403);
        assertThat(get(FIRST).statusCode()).isEqualTo(200);
        assertThat(code(patch(FIRST, "{\"ttl\":60}"))).isEqualTo(10000);
    }

    @Test
    void shutsOutWhoAsksTooOften() throws IOException {
        startAgain(Set.of("zone:read", "dns:edit"), 2);
        get("/zones");
        get("/zones");
        HttpResponse<String> third = get("/zones");
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(code(third)).isEqualTo(971);
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElse("")))
                .isBetween(299, 300);
    }

    @Test
    void answersForItsNamesOverBothTransports() throws IOException {
        assertThat(addresses(overUdp("shop.example.com", 1))).containsExactly("203.0.113.10 3600", "203.0.113.11 3600");
        assertThat(addresses(overTcp("shop.example.com", 1))).hasSize(2);
        assertThat(addresses(overUdp("any.example.com", 28))).containsExactly("2001:db8:0:0:0:0:0:1 300");
        assertThat(addresses(overUdp("www.example.com", 1)))
                .as("without an edge a proxied name leads nowhere, and never to its machine")
                .isEmpty();
        assertThat(overUdp("shop.example.org", 1)[3] & 15).as("REFUSED").isEqualTo(5);
        assertThat(overUdp("no.such.name.example.com", 1)[3] & 15)
                .as("NXDOMAIN")
                .isEqualTo(3);
    }

    private HttpResponse<String> get(String path) {
        return send("GET", path, "", Optional.of("Bearer " + CloudflareCommand.TOKEN));
    }

    private HttpResponse<String> patch(String path, String body) {
        return send("PATCH", path, body, Optional.of("Bearer " + CloudflareCommand.TOKEN));
    }

    private HttpResponse<String> send(String method, String path, String body, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(cloudflare.api().url() + "/client/v4" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return CloudflareCall.JSON.readTree(answer.body());
    }

    private static int code(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        assertThat(body.path("success").asBoolean()).isFalse();
        return body.path("errors").get(0).path("code").asInt(-1);
    }

    private static byte[] question(String name, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int word : new int[] {7, 0x0100, 1, 0, 0, 0}) {
            out.writeShort(word);
        }
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        out.writeShort(type);
        out.writeShort(1);
        return bytes.toByteArray();
    }

    private byte[] overUdp(String name, int type) throws IOException {
        byte[] question = question(name, type);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5000);
            socket.send(new DatagramPacket(
                    question, question.length, InetAddress.getLoopbackAddress(), cloudflare.dnsPort()));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            return Arrays.copyOf(answer.getData(), answer.getLength());
        }
    }

    private byte[] overTcp(String name, int type) throws IOException {
        byte[] question = question(name, type);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloudflare.dnsPort())) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            return in.readNBytes(in.readUnsignedShort());
        }
    }

    /** {@code ADDRESS TTL} of each answer; every one names the question by a pointer. */
    private static List<String> addresses(byte[] answer) throws IOException {
        DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(answer));
        in.skipNBytes(6);
        int count = in.readUnsignedShort();
        in.skipNBytes(4);
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            in.skipNBytes(length);
        }
        in.skipNBytes(4);
        List<String> found = new java.util.ArrayList<>();
        for (int at = 0; at < count; at++) {
            in.skipNBytes(6);
            int ttl = in.readInt();
            byte[] address = in.readNBytes(in.readUnsignedShort());
            found.add(InetAddress.getByAddress(address).getHostAddress() + " " + ttl);
        }
        return found;
    }
}
