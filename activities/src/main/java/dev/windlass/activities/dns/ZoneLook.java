package dev.windlass.activities.dns;

import com.fasterxml.jackson.databind.JsonNode;
import dev.windlass.activities.dns.CloudflareApi.Answer;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.runbooks.dns.CloudflareCalls;
import dev.windlass.runbooks.dns.PlanOfRecoverDns;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The zone and its records as they are now, and what stands in the way of leading them elsewhere. */
final class ZoneLook {
    /** A name with one of these has no address of its own. */
    private static final Set<String> IN_THE_WAY = Set.of("CNAME", "NS");

    private final Dns dns;
    private final CloudflareApi api;
    private final CloudflareCalls calls;

    record Zone(String id, List<String> servers) {}

    ZoneLook(Dns dns, CloudflareApi api) {
        this.dns = dns;
        this.api = api;
        this.calls = CloudflareCalls.of(dns);
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND, PRECONDITION */
    Zone zone() {
        JsonNode found = api.need(calls.zone(dns.zone())).result().path(0);
        if (found.isMissingNode()) {
            throw DnsFailures.noZone(dns);
        }
        String status = found.path("status").asText();
        if (!status.equals("active")) {
            throw DnsFailures.inactiveZone(dns, status);
        }
        List<String> servers = new ArrayList<>();
        found.path("name_servers").forEach(server -> servers.add(server.asText() + ":53"));
        return new Zone(found.path("id").asText(), servers);
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND, PRECONDITION */
    List<RecordMove> to(Zone zone, RecoverDnsRequest request) {
        List<String> withoutAddress = dns.records().stream()
                .filter(entry -> request.to(entry.type()).isEmpty())
                .map(Dns.Entry::label)
                .toList();
        if (!withoutAddress.isEmpty()) {
            throw DnsFailures.noAddress(withoutAddress);
        }
        return states(zone).stream()
                .map(now -> new RecordMove(now, PlanOfRecoverDns.goal(dns, now, address(request, now.type()))))
                .filter(move -> !move.from().content().equals(move.to().content()))
                .toList();
    }

    private static Address address(RecoverDnsRequest request, AddressType type) {
        return request.to(type).orElseThrow();
    }

    private List<RecordState> states(Zone zone) {
        List<String> reasons = new ArrayList<>();
        List<RecordState> states = new ArrayList<>();
        for (String name :
                dns.records().stream().map(Dns.Entry::name).distinct().toList()) {
            List<JsonNode> all = records(zone, name);
            reasons.addAll(inTheWay(name, all));
            dns.records().stream()
                    .filter(entry -> entry.name().equals(name))
                    .forEach(entry -> state(entry, all, reasons).ifPresent(states::add));
        }
        if (!reasons.isEmpty()) {
            throw DnsFailures.strangeRecords(dns, reasons);
        }
        return states;
    }

    private Optional<RecordState> state(Dns.Entry entry, List<JsonNode> all, List<String> reasons) {
        List<RecordState> found = all.stream()
                .filter(record ->
                        record.path("type").asText().equals(entry.type().name()))
                .map(Records::of)
                .toList();
        if (found.isEmpty()) {
            if (all.stream().noneMatch(record -> isInTheWay(record))) {
                throw DnsFailures.noRecord(dns, entry.label());
            }
            return Optional.empty();
        }
        if (found.size() > 1) {
            reasons.add(entry.label() + " stands " + found.size() + " times, "
                    + String.join(
                            " and ", found.stream().map(RecordState::words).toList()));
        } else if (found.getFirst().mode() != entry.mode()) {
            reasons.add(entry.label() + " is " + word(found.getFirst().mode()) + ", and ops.yml says "
                    + word(entry.mode()));
        }
        return Optional.of(found.getFirst());
    }

    private List<String> inTheWay(String name, List<JsonNode> all) {
        Stream<String> others = all.stream()
                .filter(ZoneLook::isInTheWay)
                .map(record -> name + " is a " + record.path("type").asText() + " of "
                        + record.path("content").asText());
        Stream<String> unlisted = Stream.of(AddressType.values())
                .filter(type -> dns.record(name, type).isEmpty())
                .filter(type -> all.stream()
                        .anyMatch(record -> record.path("type").asText().equals(type.name())))
                .map(type -> name + " " + type + " is there too, and ops.yml does not name it");
        return Stream.concat(others, unlisted).toList();
    }

    private static boolean isInTheWay(JsonNode record) {
        return IN_THE_WAY.contains(record.path("type").asText());
    }

    private List<JsonNode> records(Zone zone, String name) {
        List<JsonNode> all = new ArrayList<>();
        int page = 1;
        Answer.Given given;
        do {
            given = api.need(calls.records(zone.id(), name, page++));
            given.result().forEach(all::add);
        } while (page <= given.pages());
        return all;
    }

    /** @throws io.temporal.failure.ApplicationFailure NOT_FOUND, PRECONDITION */
    List<RecordMove> back(Zone zone, String run, WrittenRecords written) {
        WrittenRecords.Content content =
                written.read(run).orElseThrow(() -> DnsFailures.nothingWritten(run, written.runs()));
        List<RecordMove> moves = new ArrayList<>();
        for (RecordMove made : content.moves()) {
            RecordState now = api.find(calls.record(zone.id(), made.from().id()))
                    .map(given -> Records.of(given.result()))
                    .orElseThrow(() -> DnsFailures.noRecord(dns, made.from().label()));
            boolean isOurs = now.equals(made.to())
                    || now.equals(made.from().withTtl(made.to().ttl()));
            if (!isOurs && !now.equals(made.from())) {
                throw DnsFailures.changed(now);
            }
            if (!now.equals(made.from())) {
                moves.add(new RecordMove(now, made.from()));
            }
        }
        return moves;
    }

    private static String word(Enum<?> mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
