package dev.windlass.testbed.r2;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path-style S3 request.
 *
 * @param bucket empty on the account
 * @param key decoded; empty on a bucket
 * @param length of the body in bytes, as declared; empty when it was not declared
 * @param document the whole body where {@link Operation#hasDocument()}, else empty
 */
record S3Request(
        String method,
        URI uri,
        String bucket,
        String key,
        Map<String, String> query,
        Headers headers,
        Optional<Long> length,
        byte[] document) {

    static S3Request of(String method, URI uri, Headers headers) {
        String path = uri.getRawPath().substring(1);
        int slash = path.indexOf('/');
        Optional<Long> length =
                Optional.ofNullable(headers.getFirst("Content-Length")).map(Long::parseLong);
        return new S3Request(
                method,
                uri,
                decode(slash < 0 ? path : path.substring(0, slash)),
                slash < 0 ? "" : decode(path.substring(slash + 1)),
                query(uri.getRawQuery() == null ? "" : uri.getRawQuery()),
                headers,
                length,
                new byte[0]);
    }

    S3Request withDocument(byte[] body) {
        return new S3Request(method, uri, bucket, key, query, headers, length, body);
    }

    Operation operation() {
        return Operation.of(
                method,
                !bucket.isEmpty(),
                !key.isEmpty(),
                query.keySet(),
                header("x-amz-copy-source").isPresent());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    /** What faults, holds and the witness see: "METHOD /path?query". */
    String line() {
        return method + " " + uri;
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                query.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        // In a path a plus is a plus; clients send %2B and %20 in queries.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
