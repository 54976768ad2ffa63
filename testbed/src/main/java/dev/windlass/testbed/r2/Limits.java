package dev.windlass.testbed.r2;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sizes, https://developers.cloudflare.com/r2/platform/limits/ : key 1,024 bytes, metadata 8,192 bytes, one upload
 * 5 GiB less 5 MiB; bucket names of 3 to 63 lower-case letters, digits and
 * hyphens (10005) and 411 MissingContentLength (10033), https://developers.cloudflare.com/r2/api/error-codes/ .
 */
final class Limits implements Rule {
    static final int KEY_BYTES = 1024;
    static final int METADATA_BYTES = 8192;
    static final long UPLOAD_BYTES = (5L << 30) - (5L << 20);

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    static boolean isBucketName(String name) {
        return BUCKET.matcher(name).matches();
    }

    @Override
    public Optional<Refusal> judge(S3Request request) {
        if (!request.bucket().isEmpty() && !isBucketName(request.bucket())) {
            return Optional.of(Refusal.of(R2Error.INVALID_BUCKET_NAME));
        }
        if (request.key().getBytes(StandardCharsets.UTF_8).length > KEY_BYTES) {
            return Optional.of(Refusal.of(R2Error.INVALID_OBJECT_NAME));
        }
        if (metadataBytes(request) > METADATA_BYTES) {
            return Optional.of(Refusal.of(R2Error.METADATA_TOO_LARGE));
        }
        boolean uploads = request.operation() == Operation.PUT_OBJECT || request.operation() == Operation.UPLOAD_PART;
        if (uploads && request.length().isEmpty()) {
            return Optional.of(Refusal.of(R2Error.MISSING_CONTENT_LENGTH));
        }
        if (request.length().orElse(0L) > UPLOAD_BYTES) {
            return Optional.of(Refusal.of(R2Error.ENTITY_TOO_LARGE));
        }
        return Optional.empty();
    }

    private static int metadataBytes(S3Request request) {
        int bytes = 0;
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            if (header.getKey().toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                bytes += header.getKey().length() - "x-amz-meta-".length();
                bytes += header.getValue().stream().mapToInt(String::length).sum();
            }
        }
        return bytes;
    }
}
