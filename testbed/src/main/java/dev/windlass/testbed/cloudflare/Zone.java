package dev.windlass.testbed.cloudflare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the zone's name servers know: the address of a direct record, and Cloudflare's own for a proxied one,
 * https://developers.cloudflare.com/dns/proxy-status/ .
 *
 * @param edge to which proxied names lead; without one they have no address
 */
record Zone(String name, DnsRecords records, Optional<String> edge) {
    private static final int AUTOMATIC = 300;

    record Answer(String address, int ttl) {}

    sealed interface Found {
        /** @param answers none where the name has other types only */
        record Name(List<Answer> answers) implements Found {}

        record Nobody() implements Found {}

        record NotOurs() implements Found {}
    }

    Found find(String asked, String type) {
        String wanted = asked.toLowerCase(Locale.ROOT);
        if (!wanted.equals(name) && !wanted.endsWith("." + name)) {
            return new Found.NotOurs();
        }
        List<ObjectNode> named = named(wanted);
        if (named.isEmpty()) {
            int dot = wanted.indexOf('.');
            named = named("*" + wanted.substring(dot));
        }
        if (named.isEmpty()) {
            return wanted.equals(name) ? new Found.Name(List.of()) : new Found.Nobody();
        }
        List<Answer> answers = new ArrayList<>();
        for (ObjectNode record : named) {
            if (record.path("proxied").asBoolean()) {
                edge.filter(address -> type.equals("A"))
                        .map(address -> new Answer(address, AUTOMATIC))
                        .filter(answer -> !answers.contains(answer))
                        .ifPresent(answers::add);
            } else if (record.path("type").asString("").equals(type)) {
                int ttl = record.path("ttl").asInt();
                answers.add(new Answer(record.path("content").asString(""), ttl == 1 ? AUTOMATIC : ttl));
            }
        }
        return new Found.Name(answers);
    }

    private List<ObjectNode> named(String wanted) {
        return records.all().stream()
                .filter(record -> record.path("name").asString("").equals(wanted))
                .toList();
    }
}
