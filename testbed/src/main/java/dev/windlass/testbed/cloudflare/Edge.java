package dev.windlass.testbed.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What visitors of a proxied name reach: it asks the machine of the record, at the port at which it was asked itself. No answer
 * is 521, https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-521/ ; a name
 * without a record is 409 (error 1001), https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-1001/ .
 */
final class Edge implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final DnsRecords records;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private Edge(HttpServer server, DnsRecords records) {
        this.server = server;
        this.records = records;
    }

    static String address(String place) {
        return place.substring(0, place.lastIndexOf(':'));
    }

    /** @param place ADDRESS:PORT */
    static Edge start(String place, DnsRecords records) throws IOException {
        int port = Integer.parseInt(place.substring(place.lastIndexOf(':') + 1));
        Edge edge = new Edge(HttpServer.create(new InetSocketAddress(address(place), port), 0), records);
        edge.server.createContext("/", edge::handle);
        edge.server.setExecutor(edge.threads);
        edge.server.start();
        return edge;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            String name = host == null ? "" : host.replaceFirst(":\\d+$", "");
            var origin = records.all().stream()
                    .filter(record -> record.path("name").asString("").equals(name))
                    .filter(record -> record.path("proxied").asBoolean())
                    .findFirst();
            if (origin.isEmpty()) {
                send(exchange, 409, "error code: 1001".getBytes(StandardCharsets.UTF_8));
                return;
            }
            forward(exchange, name, origin.get().path("content").asString(""));
        }
    }

    private void forward(HttpExchange exchange, String name, String origin) throws IOException {
        int port = server.getAddress().getPort();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + origin + ":" + port + exchange.getRequestURI()))
                .timeout(PATIENCE)
                .header("Host", name)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, answer.statusCode(), answer.body());
        } catch (IOException down) {
            send(exchange, 521, "error code: 521".getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
