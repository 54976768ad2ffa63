package dev.windlass.testbed.r2;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Hands a request to S3Proxy as the client sent it: the same path, headers and Host, so that its signature still holds. */
final class Upstream {
    /** Owned by the connection, or not signed and not supported by R2 (Expect). */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection", "content-length", "expect", "upgrade", "transfer-encoding", "keep-alive", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI storage;

    Upstream(URI storage) {
        this.storage = storage;
    }

    HttpResponse<InputStream> send(S3Request request, VerifiedBody body) throws IOException, InterruptedException {
        HttpRequest.Builder forwarded =
                HttpRequest.newBuilder(URI.create(storage + request.uri().toString()));
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            if (!NOT_FORWARDED.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> forwarded.header(header.getKey(), value));
            }
        }
        return client.send(
                forwarded.method(request.method(), publisher(request, body)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
    }

    private static HttpRequest.BodyPublisher publisher(S3Request request, VerifiedBody body) throws IOException {
        if (request.operation().hasDocument()) {
            return HttpRequest.BodyPublishers.ofByteArray(request.document());
        }
        long length = request.length().orElse(0L);
        if (length == 0) {
            // Runs the checks of an empty body.
            if (body.read() >= 0) {
                throw new IOException("a body of length 0 has bytes");
            }
            return HttpRequest.BodyPublishers.noBody();
        }
        return HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofInputStream(() -> body), length);
    }
}
