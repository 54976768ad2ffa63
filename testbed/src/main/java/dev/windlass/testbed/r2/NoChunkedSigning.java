package dev.windlass.testbed.r2;

import java.util.Optional;

/**
 * R2 does not know aws-chunked bodies: {@code chunkedEncodingEnabled(false)} is required, else 403
 * SignatureDoesNotMatch, https://developers.cloudflare.com/r2/examples/aws/aws-sdk-java/ . With a checksum trailer
 * (the default of SDKs since 2025) clients report 501 NotImplemented,
 * https://github.com/cloudflare/cloudflare-docs/issues/27054 .
 */
final class NoChunkedSigning implements Rule {
    @Override
    public Optional<Refusal> judge(S3Request request) {
        String hash = request.header("x-amz-content-sha256").orElse("");
        if (hash.endsWith("-TRAILER") || request.header("x-amz-trailer").isPresent()) {
            return Optional.of(Refusal.of(R2Error.NOT_IMPLEMENTED, hash + " not implemented"));
        }
        boolean chunked = request.header("Content-Encoding").orElse("").contains("aws-chunked");
        if (hash.startsWith("STREAMING-") || chunked) {
            return Optional.of(Refusal.of(R2Error.SIGNATURE_DOES_NOT_MATCH));
        }
        return Optional.empty();
    }
}
