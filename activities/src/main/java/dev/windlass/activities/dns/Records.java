package dev.windlass.activities.dns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordState;

/** A record as the API gives it. */
final class Records {
    private Records() {}

    /** @param json of type A or AAAA */
    static RecordState of(JsonNode json) {
        return new RecordState(
                json.path("id").asText(),
                json.path("name").asText(),
                AddressType.valueOf(json.path("type").asText()),
                new Address(json.path("content").asText()),
                json.path("ttl").asInt(),
                json.path("proxied").asBoolean() ? RecordMode.PROXIED : RecordMode.DIRECT);
    }
}
