package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.cloudflare.CloudflareAnswer.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Routes and parameters that are used here, of those that the API has. Cloudflare overlooks a parameter that it does not
 * know and then gives everything, so a client's mistake would not be seen: it is refused.
 * https://developers.cloudflare.com/api/resources/zones/methods/list/ ,
 * https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/ (also get, edit),
 * https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/
 */
final class Documented implements CloudflareRule {
    private static final Map<String, Set<String>> ROUTES = Map.of(
            "GET/user/tokens/verify", Set.of(),
            "GET/zones", Set.of("name", "page", "per_page"),
            "GET/zones/{id}/dns_records", Set.of("name.exact", "type", "page", "per_page"),
            "GET/zones/{id}/dns_records/{id}", Set.of(),
            "PATCH/zones/{id}/dns_records/{id}", Set.of());

    @Override
    public Optional<CloudflareAnswer> judge(CloudflareCall call) {
        Set<String> known = ROUTES.get(call.route());
        if (known == null) {
            String path = "/" + String.join("/", call.path());
            return Optional.of(new CloudflareAnswer.Refused(
                    400,
                    new Told(7003, "Could not route to " + path + ", perhaps your object identifier is invalid?"),
                    List.of(new Told(7000, "No route for that URI"))));
        }
        return call.query().keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name -> CloudflareAnswer.refused(400, 0, "testbed: parameter " + name + " is not documented"));
    }

    @Override
    public String toString() {
        return "Documented";
    }
}
