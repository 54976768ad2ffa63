package dev.windlass.testbed.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The test's door into a double: plain HTTP on loopback only, apart from the port the product talks to. */
public final class Control implements AutoCloseable {
    /** Serves a GET of the double's own, such as /messages. */
    @FunctionalInterface
    public interface Page {
        byte[] read() throws IOException;
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Faults faults;
    private final Holds holds;
    private final Map<String, Page> pages;

    private Control(HttpServer server, Faults faults, Holds holds, Map<String, Page> pages) {
        this.server = server;
        this.faults = faults;
        this.holds = holds;
        this.pages = pages;
    }

    public static Control start(int port, Faults faults, Holds holds, RequestLog log, Map<String, Page> extra)
            throws IOException {
        Map<String, Page> pages = new TreeMap<>(extra);
        pages.put("/requests", log::lines);
        pages.put("/held", () -> text(Integer.toString(holds.held())));
        pages.put("/faults", () -> text(faults.active() + "\n"));
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var control = new Control(server, faults, holds, pages);
        server.createContext("/", control::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return control;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange, 200, route(exchange));
            } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
                answer(exchange, 400, text(e.getMessage() + "\n"));
            }
        }
    }

    private byte[] route(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call = exchange.getRequestMethod() + " " + path;
        switch (call) {
            case "POST /faults" -> faults.add(fault(JSON.readTree(body)));
            case "DELETE /faults" -> faults.clear();
            case "POST /hold" -> holds.hold(Pattern.compile(body.strip()));
            case "POST /release" -> holds.release();
            default -> {
                Page page = pages.get(path);
                if (page == null || !exchange.getRequestMethod().equals("GET")) {
                    throw new IllegalArgumentException("unknown control call " + call + ", known are POST /faults,"
                            + " DELETE /faults, POST /hold, POST /release and GET " + pages.keySet());
                }
                return page.read();
            }
        }
        return text("ok\n");
    }

    private static Faults.Fault fault(JsonNode json) {
        for (String name : json.propertyNames()) {
            if (!java.util.Set.of("match", "times", "action").contains(name)) {
                throw new IllegalArgumentException("unknown field '" + name + "' in fault");
            }
        }
        return new Faults.Fault(
                Pattern.compile(json.path("match").asString(".*")),
                json.path("times").asInt(1),
                Action.parse(json.path("action").asString("")));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) {
        try {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        faults.clear();
        holds.release();
        server.stop(0);
    }
}
