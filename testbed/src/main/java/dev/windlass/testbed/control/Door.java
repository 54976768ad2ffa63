package dev.windlass.testbed.control;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Front of a double whose requests fit in memory: hold, ordered fault, witness, and then the service. */
public final class Door implements HttpHandler {
    private static final int BODY_BYTES = 4 << 20;

    public record Incoming(String method, URI uri, Headers headers, byte[] body) {}

    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public Answer {
            headers = Map.copyOf(headers);
        }
    }

    /** What a double does with requests, and how it words the faults a test has ordered. */
    public interface Service {
        Answer serve(Incoming request) throws IOException;

        Answer ordered(int status);

        Answer expired();
    }

    private final Service service;
    private final Faults faults;
    private final Holds holds;
    private final RequestLog log;
    private final Clock clock;

    public Door(Service service, Faults faults, Holds holds, RequestLog log, Clock clock) {
        this.service = service;
        this.faults = faults;
        this.holds = holds;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("time", clock.instant().toString());
        seen.put("method", exchange.getRequestMethod());
        seen.put("path", exchange.getRequestURI().getPath());
        seen.put("status", 0);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES);
            seen.put("requestBytes", body.length);
            holds.await(line);
            Optional<Action> fault = faults.take(line);
            seen.put("fault", fault.map(Object::toString).orElse(""));
            Optional<Answer> answer = answer(
                    new Incoming(
                            exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body),
                    fault);
            if (answer.isPresent()) {
                seen.put("status", answer.get().status());
                send(exchange, answer.get(), fault);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            log.append(seen);
        }
    }

    /** Empty: the connection is closed without an answer. */
    private Optional<Answer> answer(Incoming request, Optional<Action> fault) throws IOException, InterruptedException {
        if (fault.isEmpty()) {
            return Optional.of(service.serve(request));
        }
        return switch (fault.get()) {
            case Action.Status status -> Optional.of(service.ordered(status.code()));
            case Action.ExpireKey expired -> Optional.of(service.expired());
            case Action.Hang hang -> {
                faults.awaitClear();
                yield Optional.empty();
            }
            case Action.DropAnswer drop -> {
                service.serve(request);
                yield Optional.empty();
            }
            case Action.CutAfter cut -> Optional.of(service.serve(request));
            case Action.CorruptDownload corrupt -> {
                Answer whole = service.serve(request);
                byte[] spoiled = whole.body().clone();
                spoiled[spoiled.length / 2] ^= 1;
                yield Optional.of(new Answer(whole.status(), whole.headers(), spoiled));
            }
        };
    }

    private static void send(HttpExchange exchange, Answer answer, Optional<Action> fault) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
        long bytes = fault.filter(Action.CutAfter.class::isInstance)
                .map(cut -> Math.min(length, ((Action.CutAfter) cut).bytes()))
                .orElse((long) length);
        exchange.getResponseBody().write(answer.body(), 0, (int) bytes);
    }
}
