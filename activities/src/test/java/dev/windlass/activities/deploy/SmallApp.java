package dev.windlass.activities.deploy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** An app in one file, for machines that have nothing but Java: says how it was started. */
public final class SmallApp {
    private SmallApp() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> answers = Map.of(
                "/api/health", "ok",
                "/api/version", System.getenv().getOrDefault("APP_VERSION", "none"),
                "/arguments", String.join("\n", arguments),
                "/environment", System.getenv().toString());
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
        answers.forEach((path, answer) -> server.createContext(path, exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }));
        server.start();
    }
}
