package dev.windlass.testbed.r2;

import java.util.Optional;

/**
 * Operations outside the implemented ones, such as ?versioning, ?acl, ?policy, ?tagging, ?object-lock:
 * https://developers.cloudflare.com/r2/api/s3/api/ .
 */
final class UnimplementedOperations implements Rule {
    @Override
    public Optional<Refusal> judge(S3Request request) {
        if (request.operation() != Operation.UNIMPLEMENTED) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                R2Error.NOT_IMPLEMENTED,
                request.method() + " with " + request.query().keySet() + "."));
    }
}
