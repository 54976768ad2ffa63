package dev.windlass.runbooks.dns;

import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.PersonName;
import java.util.List;
import java.util.Optional;

/**
 * What looking at Cloudflare and at the new address found.
 *
 * @param servers that are asked afterwards, {@code HOST:PORT}
 * @param moves of the records that are not yet as they are to be
 * @param answered what the new address answered, a line for each request
 */
public record DnsObservation(
        String zoneId,
        List<String> servers,
        List<RecordMove> moves,
        List<String> answered,
        Optional<PersonName> requester) {
    public DnsObservation {
        servers = List.copyOf(servers);
        moves = List.copyOf(moves);
        answered = List.copyOf(answered);
    }
}
