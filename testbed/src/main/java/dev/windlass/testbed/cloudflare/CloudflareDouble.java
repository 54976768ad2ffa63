package dev.windlass.testbed.cloudflare;

import dev.windlass.testbed.cloudflare.CloudflareAnswer.Told;
import dev.windlass.testbed.control.Door;
import dev.windlass.testbed.control.PlainDouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** One zone of Cloudflare: the API calls that change where its names lead, its name servers, and its edge. */
public final class CloudflareDouble implements Door.Service {
    private static final String ZONE_ID = "023e105f4ecef8ad9ca31a8372d0c353";
    private static final int PER_PAGE = 100;

    /**
     * @param dnsPort UDP and TCP on loopback
     * @param edge address and port of the edge; proxied names resolve to the address
     * @param token of 40 characters and more
     * @param tokenStatus active, disabled or expired
     * @param permissions of the token: zone:read, dns:read, dns:edit
     * @param status of the zone: active, pending, …
     * @param records at first, {@code TYPE NAME CONTENT proxied|auto|TTL}
     * @param limit requests in the window
     */
    public record Settings(
            Path data,
            int port,
            int controlPort,
            int dnsPort,
            Optional<String> edge,
            String token,
            String tokenStatus,
            Set<String> permissions,
            String zone,
            String status,
            List<String> records,
            int limit,
            Duration window) {}

    /** Its ports. */
    public record Started(PlainDouble api, int dnsPort) implements AutoCloseable {
        @Override
        public void close() {
            api.close();
        }
    }

    private final Settings settings;
    private final DnsRecords records;
    private final List<CloudflareRule> rules;

    private CloudflareDouble(Settings settings) throws IOException {
        Clock clock = Clock.systemUTC();
        this.settings = settings;
        this.records = new DnsRecords(settings.data().resolve("records.json"), settings.records(), clock);
        this.rules = List.of(
                new Rate(settings.limit(), settings.window(), clock),
                new Documented(),
                new Token(settings.token(), settings.permissions()));
    }

    public static Started start(Settings settings) throws IOException {
        CloudflareDouble cloudflare = new CloudflareDouble(settings);
        Optional<Edge> edge = settings.edge().isPresent()
                ? Optional.of(Edge.start(settings.edge().get(), cloudflare.records))
                : Optional.empty();
        NameServer names = NameServer.start(
                settings.dnsPort(),
                new Zone(settings.zone(), cloudflare.records, settings.edge().map(Edge::address)));
        PlainDouble api = PlainDouble.start(
                settings.port(),
                settings.controlPort(),
                settings.data(),
                cloudflare,
                Map.of("/records", () -> cloudflare.records.all().toString().getBytes(StandardCharsets.UTF_8)));
        edge.ifPresent(running -> api.alsoClosing(running::close));
        return new Started(api.alsoClosing(names::close), names.port());
    }

    @Override
    public Door.Answer serve(Door.Incoming request) throws IOException {
        if (!request.uri().getPath().startsWith(CloudflareCall.BASE)) {
            return new Door.Answer(404, Map.of(), new byte[0]);
        }
        return answer(CloudflareCall.of(request)).http();
    }

    private CloudflareAnswer answer(CloudflareCall call) throws IOException {
        for (CloudflareRule rule : rules) {
            Optional<CloudflareAnswer> refusal = rule.judge(call);
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return switch (call.path().size()) {
            case 1 -> zones(call);
            case 3 -> call.path().getFirst().equals("user") ? verified() : list(call);
            default -> one(call);
        };
    }

    private CloudflareAnswer verified() {
        return new CloudflareAnswer.Ok(
                CloudflareCall.JSON
                        .createObjectNode()
                        .put("id", "f267e341f3dd4697bd3b9f71dd96247f")
                        .put("status", settings.tokenStatus()),
                List.of(new Told(10000, "This API Token is valid and active")));
    }

    private CloudflareAnswer zones(CloudflareCall call) {
        ObjectNode zone = CloudflareCall.JSON
                .createObjectNode()
                .put("id", ZONE_ID)
                .put("name", settings.zone())
                .put("status", settings.status())
                .put("paused", false)
                .put("type", "full");
        zone.putArray("name_servers").add("bob.ns.example.invalid").add("lola.ns.example.invalid");
        boolean isWanted = call.query().getOrDefault("name", settings.zone()).equals(settings.zone());
        return new CloudflareAnswer.Page(isWanted ? List.of(zone) : List.of(), call.number("page", 1), 20);
    }

    private CloudflareAnswer list(CloudflareCall call) {
        if (!call.path().get(1).equals(ZONE_ID)) {
            return CloudflareAnswer.refused(403, 10000, "Authentication error");
        }
        List<ObjectNode> wanted = records.all().stream()
                .filter(record ->
                        isWanted(call, "name.exact", record.path("name").asString("")))
                .filter(record -> isWanted(call, "type", record.path("type").asString("")))
                .toList();
        return new CloudflareAnswer.Page(wanted, call.number("page", 1), call.number("per_page", PER_PAGE));
    }

    private static boolean isWanted(CloudflareCall call, String parameter, String value) {
        return call.query().getOrDefault(parameter, value).equalsIgnoreCase(value);
    }

    private CloudflareAnswer one(CloudflareCall call) throws IOException {
        Optional<ObjectNode> record =
                call.path().get(1).equals(ZONE_ID) ? records.one(call.path().getLast()) : Optional.empty();
        if (record.isEmpty()) {
            return CloudflareAnswer.refused(404, 81044, "Record does not exist.");
        }
        if (call.method().equals("GET")) {
            return CloudflareAnswer.ok(record.get());
        }
        return switch (RecordChange.read(call.body(), record.get())) {
            case RecordChange.Read.Bad bad -> bad.answer();
            case RecordChange.Read.Good good -> {
                Optional<CloudflareAnswer> refusal = records.change(call.path().getLast(), good.changes());
                yield refusal.isPresent()
                        ? refusal.get()
                        : CloudflareAnswer.ok(records.one(call.path().getLast()).orElseThrow());
            }
        };
    }

    @Override
    public Door.Answer ordered(int status) {
        return (status == 429
                        ? new CloudflareAnswer.Limited(1, settings.limit())
                        : CloudflareAnswer.refused(status, 10013, "ordered fault"))
                .http();
    }

    @Override
    public Door.Answer expired() {
        return CloudflareAnswer.refused(403, 9109, "Invalid access token").http();
    }
}
