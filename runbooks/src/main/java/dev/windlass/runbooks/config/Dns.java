package dev.windlass.runbooks.config;

import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.SecretReference;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The names in Cloudflare's DNS that lead to this machine.
 *
 * @param environment whose people agree before one is led elsewhere; none where nobody is asked
 * @param zone its name
 * @param token of Cloudflare's API
 * @param api its base URL, without / at the end
 * @param ttl of direct records from the moment that they are to move
 * @param servers that are asked whether it is so, {@code HOST:PORT}; empty means the zone's own
 * @param trust a file of certificates that are trusted beside the usual ones when the machine itself is asked
 * @param second a name that does not need Cloudflare
 */
public record Dns(
        Optional<EnvironmentName> environment,
        String zone,
        SecretReference token,
        String api,
        Duration ttl,
        List<String> servers,
        Optional<String> trust,
        List<Entry> records,
        Optional<Second> second) {
    public Dns {
        servers = List.copyOf(servers);
        records = List.copyOf(records);
    }

    /** @param name in full; {@code *.} in front stands for every name there */
    public record Entry(String name, AddressType type, RecordMode mode, Optional<Check> check) {
        private static final String ANY = "*";

        /** A name that this record answers for. */
        public String asked() {
            return check.map(Check::host).orElseGet(() -> name.startsWith(ANY) ? "windlass" + name.substring(1) : name);
        }

        public String label() {
            return name + " " + type;
        }

        boolean answersFor(String host) {
            return name.startsWith(ANY) ? host.endsWith(name.substring(1)) : host.equals(name);
        }
    }

    /** @param body text of the answer */
    public record Check(String url, int status, Optional<String> body) {
        String host() {
            return URI.create(url).getHost();
        }
    }

    /** @param provider in words: who keeps the name, and where one changes it */
    public record Second(String name, String provider) {}

    public Optional<Entry> record(String name, AddressType type) {
        return records.stream()
                .filter(entry -> entry.name().equals(name) && entry.type() == type)
                .findFirst();
    }
}
