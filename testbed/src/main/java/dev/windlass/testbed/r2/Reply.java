package dev.windlass.testbed.r2;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer to the client, with what the witness wants to know about it. */
final class Reply {
    private static final Set<String> NOT_RETURNED =
            Set.of("connection", "content-length", "transfer-encoding", "date", "server", "keep-alive");
    private static final Pattern CODE = Pattern.compile("<Code>([^<]+)</Code>");

    /** How a download is spoiled on the way, if at all. */
    enum Spoiling {
        NONE,
        FLIP_ONE_BIT
    }

    private final HttpExchange exchange;
    private int status;
    private long bytes;
    private String code = "";

    Reply(HttpExchange exchange) {
        this.exchange = exchange;
    }

    /** 0 when the connection was closed without an answer. */
    int status() {
        return status;
    }

    long bytes() {
        return bytes;
    }

    /** The S3 error code, else empty. */
    String code() {
        return code;
    }

    void refuse(Refusal refusal) throws IOException {
        // The body is read to its end first: a client still writing would see a reset instead of the answer.
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        code = refusal.code();
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        byte[] body = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : refusal.xml();
        send(refusal.status(), body);
    }

    /** @param cutAfter close the connection after that many bytes */
    void relay(HttpResponse<InputStream> answer, long cutAfter, Spoiling spoiling) throws IOException {
        if (answer.statusCode() >= 400 && !exchange.getRequestMethod().equals("HEAD")) {
            refuse(translated(answer.statusCode(), answer.body().readAllBytes()));
            return;
        }
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            if (!NOT_RETURNED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(header.getKey(), header.getValue());
            }
        }
        long length = answer.headers().firstValueAsLong("content-length").orElse(-1);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(Math.max(0, length)));
            send(answer.statusCode(), new byte[0]);
        } else if (length < 0) {
            send(answer.statusCode(), answer.body().readAllBytes());
        } else {
            stream(answer, length, cutAfter, spoiling);
        }
    }

    private void stream(HttpResponse<InputStream> answer, long length, long cutAfter, Spoiling spoiling)
            throws IOException {
        status = answer.statusCode();
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        byte[] chunk = new byte[64 * 1024];
        long spoiled = spoiling == Spoiling.FLIP_ONE_BIT ? length / 2 : -1;
        try (InputStream body = answer.body()) {
            while (bytes < Math.min(length, cutAfter)) {
                int n = body.read(chunk, 0, (int) Math.min(chunk.length, Math.min(length, cutAfter) - bytes));
                if (n < 0) {
                    return;
                }
                if (spoiled >= bytes && spoiled < bytes + n) {
                    chunk[(int) (spoiled - bytes)] ^= 1;
                }
                exchange.getResponseBody().write(chunk, 0, n);
                bytes += n;
            }
            exchange.getResponseBody().flush();
        }
    }

    private static Refusal translated(int status, byte[] body) {
        String xml = new String(body, StandardCharsets.UTF_8);
        Matcher code = CODE.matcher(xml);
        if (!code.find()) {
            return R2Error.ofStatus(status).map(Refusal::of).orElse(new Refusal(status, "InternalError", xml));
        }
        return R2Error.ofS3Code(code.group(1))
                .map(Refusal::of)
                .orElse(new Refusal(status, code.group(1), code.group(1)));
    }

    private void send(int answerStatus, byte[] body) throws IOException {
        status = answerStatus;
        bytes = body.length;
        exchange.sendResponseHeaders(answerStatus, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
