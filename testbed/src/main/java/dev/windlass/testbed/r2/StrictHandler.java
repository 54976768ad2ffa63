package dev.windlass.testbed.r2;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.windlass.testbed.control.Action;
import dev.windlass.testbed.control.Faults;
import dev.windlass.testbed.control.Holds;
import dev.windlass.testbed.control.RequestLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The filter: hold, ordered fault, rules, and only then the storage. */
final class StrictHandler implements HttpHandler {
    /** CompleteMultipartUpload with 10,000 parts is about 1.5 MB. */
    private static final int DOCUMENT_BYTES = 4 << 20;

    private final Rules rules;
    private final Upstream upstream;
    private final Faults faults;
    private final Holds holds;
    private final RequestLog log;
    private final Clock clock;

    StrictHandler(Rules rules, Upstream upstream, Faults faults, Holds holds, RequestLog log, Clock clock) {
        this.rules = rules;
        this.upstream = upstream;
        this.faults = faults;
        this.holds = holds;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Instant arrived = clock.instant();
        var request = S3Request.of(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders());
        var reply = new Reply(exchange);
        Optional<Action> fault = Optional.empty();
        try (exchange) {
            holds.await(request.line());
            fault = faults.take(request.line());
            answer(exchange, request, reply, fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // The connection is gone or was ordered to go; the witness records status 0.
        } catch (RuntimeException e) {
            // Else the JDK's server would swallow it, and a client would only see a closed connection.
            LoggerFactory.getLogger(StrictHandler.class).error("the double failed at {}", request.line(), e);
        } finally {
            record(arrived, request, reply, fault);
        }
    }

    private void answer(HttpExchange exchange, S3Request request, Reply reply, Optional<Action> fault)
            throws IOException, InterruptedException {
        long cutAfter = Long.MAX_VALUE;
        var spoiling = Reply.Spoiling.NONE;
        switch (fault.orElse(new Action.CutAfter(Long.MAX_VALUE))) {
            case Action.Status ordered -> {
                int code = ordered.code();
                reply.refuse(R2Error.ofStatus(code)
                        .map(Refusal::of)
                        .orElse(new Refusal(code, "InternalError", "ordered fault " + code)));
                return;
            }
            case Action.Hang hang -> {
                faults.awaitClear();
                return;
            }
            case Action.ExpireKey expired -> {
                reply.refuse(Refusal.of(R2Error.UNAUTHORIZED));
                return;
            }
            case Action.CutAfter cut -> cutAfter = cut.bytes();
            case Action.CorruptDownload corrupt -> spoiling = Reply.Spoiling.FLIP_ONE_BIT;
            case Action.DropAnswer drop -> {}
        }
        S3Request whole = request.operation().hasDocument()
                ? request.withDocument(exchange.getRequestBody().readNBytes(DOCUMENT_BYTES))
                : request;
        Optional<Refusal> refusal = rules.judge(whole);
        if (refusal.isPresent()) {
            reply.refuse(refusal.get());
            return;
        }
        forward(
                exchange,
                whole,
                reply,
                new Disturbance(cutAfter, spoiling, fault.orElse(null) instanceof Action.DropAnswer));
    }

    private record Disturbance(long cutAfter, Reply.Spoiling spoiling, boolean isAnswerDropped) {}

    private void forward(HttpExchange exchange, S3Request request, Reply reply, Disturbance disturbance)
            throws IOException, InterruptedException {
        var body = new VerifiedBody(
                exchange.getRequestBody(),
                request.length().orElse(0L),
                disturbance.cutAfter(),
                request.operation().hasDocument() ? List.of() : Checksum.declaredBy(request));
        int status = 0;
        try {
            HttpResponse<InputStream> answer = upstream.send(request, body);
            status = answer.statusCode();
            rules.ended(request, status);
            if (disturbance.isAnswerDropped()) {
                answer.body().readAllBytes();
                return;
            }
            reply.relay(answer, disturbance.cutAfter(), disturbance.spoiling());
        } catch (IOException e) {
            if (body.refusal().isEmpty()) {
                throw e;
            }
            reply.refuse(body.refusal().get());
        } finally {
            if (status == 0) {
                rules.ended(request, 0);
            }
        }
    }

    private void record(Instant arrived, S3Request request, Reply reply, Optional<Action> fault) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", arrived.toString());
        line.put("method", request.method());
        line.put("operation", request.operation().name());
        line.put("bucket", request.bucket());
        line.put("key", request.key());
        line.put("query", request.query());
        line.put("status", reply.status());
        line.put("code", reply.code());
        line.put("requestBytes", request.length().orElse(0L));
        line.put("answerBytes", reply.bytes());
        line.put("fault", fault.map(Object::toString).orElse(""));
        log.append(line);
    }
}
