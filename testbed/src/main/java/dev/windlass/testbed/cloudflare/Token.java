package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.cloudflare.CloudflareAnswer.Told;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code Authorization: Bearer TOKEN} and its permissions, https://developers.cloudflare.com/fundamentals/api/how-to/make-api-calls/ ,
 * https://developers.cloudflare.com/fundamentals/api/reference/permissions/ . Codes as users report them: 6003 with 6111
 * https://github.com/jeessy2/ddns-go/issues/916 , 10000 https://github.com/cloudflare/terraform-provider-cloudflare/issues/913 ,
 * 9109 https://github.com/octodns/octodns-cloudflare/issues/60 .
 *
 * @param permissions of zone:read, dns:read, dns:edit
 */
record Token(String value, Set<String> permissions) implements CloudflareRule {
    private static final Pattern FORM = Pattern.compile("Bearer [A-Za-z0-9_-]{40,80}");

    @Override
    public Optional<CloudflareAnswer> judge(CloudflareCall call) {
        if (call.authorization().isEmpty()) {
            return Optional.of(
                    CloudflareAnswer.refused(400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"));
        }
        String header = call.authorization().get();
        if (!FORM.matcher(header).matches()) {
            return Optional.of(new CloudflareAnswer.Refused(
                    400,
                    new Told(6003, "Invalid request headers"),
                    List.of(new Told(6111, "Invalid format for Authorization header"))));
        }
        if (!header.equals("Bearer " + value)) {
            return Optional.of(
                    call.path().getLast().equals("verify")
                            ? CloudflareAnswer.refused(401, 1000, "Invalid API Token")
                            : CloudflareAnswer.refused(403, 9109, "Invalid access token"));
        }
        return permissions(call);
    }

    private Optional<CloudflareAnswer> permissions(CloudflareCall call) {
        return switch (call.route()) {
            case "GET/user/tokens/verify" -> Optional.empty();
            case "GET/zones" ->
                permissions.contains("zone:read")
                        ? Optional.empty()
                        : Optional.of(CloudflareAnswer.refused(403, 9109, "Unauthorized to access requested resource"));
            default -> {
                boolean mayRead = permissions.contains("dns:read") || permissions.contains("dns:edit");
                boolean may = call.method().equals("GET") ? mayRead : permissions.contains("dns:edit");
                yield may
                        ? Optional.empty()
                        : Optional.of(CloudflareAnswer.refused(403, 10000, "Authentication error"));
            }
        };
    }

    @Override
    public String toString() {
        return "Token";
    }
}
