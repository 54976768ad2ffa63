package dev.windlass.testbed.r2;

import java.util.Locale;
import java.util.Optional;

/**
 * FULL_OBJECT exists for CRC64NVME only, COMPOSITE for all the others:
 * https://developers.cloudflare.com/r2/api/s3/api/#checksum-types . Digests that are not base64 of the right length
 * are 400 InvalidDigest (10014), https://developers.cloudflare.com/r2/api/error-codes/ .
 */
final class ChecksumTypes implements Rule {
    @Override
    public Optional<Refusal> judge(S3Request request) {
        Optional<String> type = request.header("x-amz-checksum-type").map(t -> t.toUpperCase(Locale.ROOT));
        boolean crc64 = request.header("x-amz-checksum-algorithm").orElse("").equalsIgnoreCase("CRC64NVME")
                || request.header("x-amz-checksum-crc64nvme").isPresent();
        if (type.isPresent() && !type.get().equals(crc64 ? "FULL_OBJECT" : "COMPOSITE")) {
            return Optional.of(Refusal.of(
                    R2Error.NOT_IMPLEMENTED,
                    "Checksum type " + type.get() + " for this algorithm is not implemented."));
        }
        return Checksum.declaredBy(request).stream()
                .filter(checksum -> !checksum.isWellFormed())
                .findFirst()
                .map(checksum -> Refusal.of(R2Error.INVALID_DIGEST, "Header " + checksum.header() + "."));
    }
}
