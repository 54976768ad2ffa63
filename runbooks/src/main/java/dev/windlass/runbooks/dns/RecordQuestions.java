package dev.windlass.runbooks.dns;

import dev.windlass.runbooks.config.Dns;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How it is seen where one name leads: name servers are asked, then the machine, or Cloudflare in front of it.
 *
 * @param request none where ops.yml has no check
 */
public record RecordQuestions(List<DnsQuery> queries, Optional<HttpCall> request) {
    public RecordQuestions {
        queries = List.copyOf(queries);
    }

    /** The slot for the address that a proxied name resolves to. */
    public static String slot(int record) {
        return "edge-" + (record + 1);
    }

    static HttpCall request(Dns.Check check, String address) {
        return new HttpCall(Access.READS, "GET", check.url(), Optional.empty(), Optional.empty()).at(address);
    }

    static List<Effect> of(Dns dns, List<String> servers, List<RecordMove> moves) {
        List<Effect> effects = new ArrayList<>();
        for (int at = 0; at < moves.size(); at++) {
            RecordMove move = moves.get(at);
            Optional<Dns.Entry> entry = dns.record(move.to().name(), move.to().type());
            String name = entry.map(Dns.Entry::asked).orElse(move.to().name());
            servers.forEach(server ->
                    effects.add(new DnsQuery(server, name, move.to().type().name())));
            String address = move.to().mode() == RecordMode.PROXIED
                    ? "{" + slot(at) + "}"
                    : move.to().content().value();
            entry.flatMap(Dns.Entry::check)
                    .map(check -> request(check, address))
                    .ifPresent(effects::add);
        }
        return effects;
    }

    static String[] slots(List<RecordMove> moves) {
        return IntStream.range(0, moves.size())
                .filter(at -> moves.get(at).to().mode() == RecordMode.PROXIED)
                .mapToObj(RecordQuestions::slot)
                .toArray(String[]::new);
    }

    /** @param records how many the step asks for; each has equally many name servers */
    public static List<RecordQuestions> in(List<Effect> effects, int records) {
        long servers = effects.stream().filter(DnsQuery.class::isInstance).count() / Math.max(1, records);
        List<RecordQuestions> all = new ArrayList<>();
        int at = 0;
        while (at < effects.size()) {
            List<DnsQuery> queries = new ArrayList<>();
            for (int server = 0; server < servers; server++) {
                queries.add((DnsQuery) effects.get(at++));
            }
            Optional<HttpCall> request = at < effects.size() && effects.get(at) instanceof HttpCall call
                    ? Optional.of(call)
                    : Optional.empty();
            at += request.isPresent() ? 1 : 0;
            all.add(new RecordQuestions(queries, request));
        }
        return all;
    }
}
