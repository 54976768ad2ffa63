package dev.windlass.testbed.r2;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Access key and region of the credential scope. The signature itself is checked by S3Proxy.
 * 401 Unauthorized (10002): https://developers.cloudflare.com/r2/api/error-codes/ .
 * Region auto, with the aliases empty and us-east-1: https://developers.cloudflare.com/r2/api/s3/api/#bucket-region .
 * That page has no code for another region; InvalidRegionName is what users report.
 */
final class KnownCredentials implements Rule {
    private static final Pattern HEADER = Pattern.compile("AWS4-HMAC-SHA256 .*Credential=([^,\\s]+).*");
    private static final Set<String> REGIONS = Set.of("auto", "us-east-1", "");

    private final String accessKey;

    KnownCredentials(String accessKey) {
        this.accessKey = accessKey;
    }

    @Override
    public Optional<Refusal> judge(S3Request request) {
        Optional<String> credential = request.header("Authorization")
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .or(() -> Optional.ofNullable(request.query().get("X-Amz-Credential")));
        // key/date/region/service/aws4_request
        String[] scope = credential.orElse("").split("/", -1);
        if (scope.length != 5 || !scope[0].equals(accessKey)) {
            return Optional.of(Refusal.of(R2Error.UNAUTHORIZED));
        }
        if (!REGIONS.contains(scope[2])) {
            return Optional.of(Refusal.of(R2Error.INVALID_REGION, "Region was '" + scope[2] + "'."));
        }
        return Optional.empty();
    }
}
