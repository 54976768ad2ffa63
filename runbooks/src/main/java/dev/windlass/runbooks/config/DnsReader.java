package dev.windlass.runbooks.config;

import dev.windlass.runbooks.config.Dns.Check;
import dev.windlass.runbooks.config.Dns.Entry;
import dev.windlass.runbooks.config.Dns.Second;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.RecordMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code dns:} */
final class DnsReader {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")+");
    private static final String NO_CHECK = "none";

    /** As DNS has it, in small letters; other scripts in Punycode, as Cloudflare has them. */
    private static final Form<String> DOMAIN =
            new Form<>("a name such as shop.example.com", "missing.example", scalar -> {
                String name = scalar.requireText();
                if (name.length() > 253 || !NAME.matcher(name).matches()) {
                    throw new Misfit(
                            "\"" + name + "\" is not a name of DNS",
                            "write it in full and in small letters, as in shop.example.com");
                }
                return name;
            });

    private static final Form<String> ZONE = DOMAIN.and(name -> {
        if (name.startsWith("*")) {
            throw new Misfit("\"" + name + "\" is not a zone", "write the name of the zone, as in example.com");
        }
    });

    private static final Form<AddressType> TYPE = new Form<>(
            "A or AAAA",
            AddressType.A,
            scalar -> Stream.of(AddressType.values())
                    .filter(type -> type.name().equals(scalar.text()))
                    .findFirst()
                    .orElseThrow(
                            () -> new Misfit("\"" + scalar.text() + "\" is neither A nor AAAA", "write A or AAAA")));

    /** Below a minute only Enterprise zones go; above an hour it would be no help. */
    private static final Form<Duration> TTL = ProcessForms.time(Duration.ofMinutes(1), Duration.ofHours(1));

    private static final Form<String> SERVER = new Form<>(
            "a name server, as in 1.1.1.1",
            "missing:53",
            scalar -> scalar.text().contains(":")
                    ? NetworkForms.HOST_AND_PORT.read(scalar)
                    : NetworkForms.HOST_NAME.read(scalar) + ":53");

    private static final Form<Integer> STATUS = Forms.number(100, 599);
    private static final Form<String> BODY = Forms.text("text of the answer", 200);
    private static final Form<String> PROVIDER = Forms.text("who keeps it, and where one changes it", 200);
    private static final Form<String> CHECK = new Form<>(
            "a URL that the machine answers under this name, or none",
            NO_CHECK,
            scalar -> scalar.text().equals(NO_CHECK) ? NO_CHECK : NetworkForms.PAGE.read(scalar));

    private final Section section;
    private final String zone;

    private DnsReader(Section section, String zone) {
        this.section = section;
        this.zone = zone;
    }

    static Optional<Dns> read(Section root) {
        return root.findSection("dns").map(section -> new DnsReader(section, section.need("zone", ZONE)).read());
    }

    private Dns read() {
        String api = section.get("api", NetworkForms.SERVICE, "https://api.cloudflare.com/client/v4");
        Dns dns = new Dns(
                section.find("environment", Forms.ENVIRONMENT),
                zone,
                section.need("token", SecretForm.SECRET),
                api.endsWith("/") ? api.substring(0, api.length() - 1) : api,
                section.get("ttl", TTL, Duration.ofMinutes(1)),
                section.list("name_servers", SERVER),
                section.find("trust", Forms.PATH),
                readRecords(),
                section.findSection("second").map(this::readSecond));
        section.refuseOtherKeys();
        return dns;
    }

    private List<Entry> readRecords() {
        List<Entry> entries = new ArrayList<>();
        for (Section each : section.sections("records")) {
            int before = each.problemCount();
            Entry entry = readRecord(each);
            boolean isReadable = each.problemCount() == before;
            if (isReadable && entries.stream().anyMatch(other -> other.label().equals(entry.label()))) {
                each.reportItself(entry.label() + " stands twice", "keep one of the two");
            }
            entries.add(entry);
        }
        if (entries.isEmpty() && !section.hasItems("records")) {
            section.report(
                    "records", "names no record", "write those that lead to this machine, each with name and type");
        }
        return entries;
    }

    private Entry readRecord(Section each) {
        int before = each.problemCount();
        String name = each.need("name", DOMAIN.and(this::requireInZone));
        String url = each.need("check", CHECK);
        Optional<Check> check = url.equals(NO_CHECK)
                ? Optional.empty()
                : Optional.of(new Check(url, each.get("status", STATUS, 200), each.find("body", BODY)));
        Entry entry = new Entry(
                name, each.get("type", TYPE, AddressType.A), each.need("mode", Forms.choice(RecordMode.class)), check);
        boolean isReadable = each.problemCount() == before;
        if (isReadable && check.filter(asked -> !entry.answersFor(asked.host())).isPresent()) {
            each.report("check", "asks for a name that this record does not answer for", "write a URL of " + name);
        }
        each.refuseOtherKeys();
        return entry;
    }

    private Second readSecond(Section each) {
        Second second =
                new Second(each.need("name", DOMAIN.and(this::requireElsewhere)), each.need("provider", PROVIDER));
        each.refuseOtherKeys();
        return second;
    }

    private boolean isInZone(String name) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    private void requireInZone(String name) throws Misfit {
        if (!isInZone(name)) {
            throw new Misfit("\"" + name + "\" is not in zone " + zone, "write a name that ends with " + zone);
        }
    }

    private void requireElsewhere(String name) throws Misfit {
        if (isInZone(name)) {
            throw new Misfit(
                    "\"" + name + "\" is in zone " + zone + ", which Cloudflare keeps",
                    "take a name in another zone, at another provider: this one is gone with Cloudflare's API");
        }
    }
}
