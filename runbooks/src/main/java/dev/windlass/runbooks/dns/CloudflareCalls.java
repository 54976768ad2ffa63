package dev.windlass.runbooks.dns;

import dev.windlass.runbooks.config.Dns;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.SecretReference;
import java.util.Optional;
import java.util.TreeMap;

/** The calls of Cloudflare's API, https://developers.cloudflare.com/api/resources/dns/subresources/records/ . */
public record CloudflareCalls(String api, SecretReference token) {
    /** As many as the API gives without effort; a name has fewer. */
    private static final int PER_PAGE = 100;

    public static CloudflareCalls of(Dns dns) {
        return new CloudflareCalls(dns.api(), dns.token());
    }

    /** Whether the token is one, and active. */
    public HttpCall verifyToken() {
        return get("/user/tokens/verify");
    }

    public HttpCall zone(String name) {
        return get("/zones?name=" + name);
    }

    /** All records of a name, of every type. */
    public HttpCall records(String zoneId, String name, int page) {
        return get("/zones/" + zoneId + "/dns_records?name.exact=" + name + "&page=" + page + "&per_page=" + PER_PAGE);
    }

    public HttpCall record(String zoneId, String id) {
        return get(path(zoneId, id));
    }

    /** Only what differs is sent: comment, tags and settings stay as they are. */
    public HttpCall change(String zoneId, RecordMove move) {
        TreeMap<String, Object> body = new TreeMap<>();
        if (!move.to().content().equals(move.from().content())) {
            body.put("content", move.to().content());
        }
        if (move.to().ttl() != move.from().ttl()) {
            body.put("ttl", move.to().ttl());
        }
        return new HttpCall(
                Access.CHANGES,
                "PATCH",
                api + path(zoneId, move.from().id()),
                Optional.of(PayloadJson.canonical(body)),
                Optional.of(token));
    }

    private static String path(String zoneId, String id) {
        return "/zones/" + zoneId + "/dns_records/" + id;
    }

    private HttpCall get(String path) {
        return new HttpCall(Access.READS, "GET", api + path, Optional.empty(), Optional.of(token));
    }
}
