package dev.windlass.testbed.cloudflare;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a PATCH: any part of a record,
 * https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/edit/ ; the TTL,
 * https://developers.cloudflare.com/dns/manage-dns-records/reference/ttl/ ; codes 9005
 * https://github.com/timothymiller/cloudflare-ddns/issues/230 and 9021 https://github.com/ZE3kr/Cloudflare-CNAME-Setup/issues/16 .
 */
final class RecordChange {
    private static final Set<String> KNOWN =
            Set.of("name", "type", "content", "ttl", "proxied", "comment", "tags", "settings");

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]+");

    private RecordChange() {}

    sealed interface Read {
        record Good(ObjectNode changes) implements Read {}

        record Bad(CloudflareAnswer answer) implements Read {}
    }

    static Read read(byte[] body, JsonNode record) {
        JsonNode json;
        try {
            json = CloudflareCall.JSON.readTree(body);
        } catch (JacksonException broken) {
            return bad(9207, "Failed to parse the request body");
        }
        if (!(json instanceof ObjectNode changes) || changes.isEmpty()) {
            return bad(9207, "Failed to parse the request body");
        }
        Optional<String> unknown = changes.propertyNames().stream()
                .filter(name -> !KNOWN.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            return bad(0, "testbed: field " + unknown.get() + " is not documented");
        }
        String type = record.path("type").asString("");
        if (changes.has("type") || changes.has("name")) {
            return bad(0, "testbed: type and name of a record are never changed here");
        }
        if (changes.has("content") && !isAddress(type, changes.path("content"))) {
            return bad(
                    9005,
                    type.equals("A")
                            ? "Content for A record must be a valid IPv4 address."
                            : "Content for AAAA record must be a valid IPv6 address.");
        }
        int ttl = changes.path("ttl").asInt(1);
        if (changes.has("ttl") && (!changes.path("ttl").isInt() || ttl != 1 && (ttl < 60 || ttl > 86_400))) {
            return bad(9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.");
        }
        if (changes.has("proxied") && !changes.path("proxied").isBoolean()) {
            return bad(9207, "Failed to parse the request body");
        }
        return new Read.Good(changes);
    }

    private static boolean isAddress(String type, JsonNode content) {
        return content.isString()
                && (type.equals("A") ? IPV4 : IPV6).matcher(content.asString()).matches();
    }

    private static Read bad(int code, String message) {
        return new Read.Bad(CloudflareAnswer.refused(400, code, message));
    }
}
