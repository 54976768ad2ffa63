package dev.windlass.testbed.r2;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Headers marked as not implemented at https://developers.cloudflare.com/r2/api/s3/api/#object-level-operations :
 * ACL, object lock, tagging, SSE-KMS and SSE-S3, request payer, bucket owner, website redirect, MFA. One value passes:
 * {@code x-amz-acl: private}, which says what is true of every R2 object, and which Cloudflare's own example sends:
 * https://developers.cloudflare.com/r2/examples/rclone/ .
 */
final class UnimplementedHeaders implements Rule {
    /** By prefix; SSE-C ("-customer-…") is implemented and excepted below. */
    private static final List<String> PREFIXES = List.of(
            "x-amz-acl",
            "x-amz-grant-",
            "x-amz-object-lock-",
            "x-amz-bucket-object-lock-",
            "x-amz-bypass-governance-retention",
            "x-amz-tagging",
            "x-amz-server-side-encryption",
            "x-amz-request-payer",
            "x-amz-expected-bucket-owner",
            "x-amz-source-expected-bucket-owner",
            "x-amz-website-redirect-location",
            "x-amz-mfa");

    @Override
    public Optional<Refusal> judge(S3Request request) {
        return request.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !name.startsWith("x-amz-server-side-encryption-customer-"))
                .filter(name -> !name.equals("x-amz-acl")
                        || !request.header(name).orElse("").equals("private"))
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith))
                .findFirst()
                .map(name -> Refusal.of(R2Error.NOT_IMPLEMENTED, "Header '" + name + "' is not implemented."));
    }
}
