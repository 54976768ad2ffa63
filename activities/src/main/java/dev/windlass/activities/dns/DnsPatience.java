package dev.windlass.activities.dns;

import java.time.Duration;

/**
 * @param pause between two looks
 * @param looks at an address before it is said not to answer well
 * @param spreading how long name servers have to learn of a change
 */
public record DnsPatience(Duration pause, int looks, Duration spreading) {
    /** Cloudflare's own name servers know within seconds. */
    public static DnsPatience usual() {
        return new DnsPatience(Duration.ofSeconds(2), 3, Duration.ofSeconds(90));
    }
}
