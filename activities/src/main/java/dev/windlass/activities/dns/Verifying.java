package dev.windlass.activities.dns;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.dns.RecordQuestions;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.RecordCheck;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sees where names lead, and what answers there. Name servers get time to learn of the change. */
final class Verifying {
    private final DnsPatience patience;
    private final StepContext context;
    private final NameServers servers;
    private final Machines machines;
    private final long until;

    Verifying(DnsPatience patience, StepContext context, Machines machines) {
        this.patience = patience;
        this.context = context;
        this.servers = new NameServers(context);
        this.machines = machines;
        this.until = System.nanoTime() + patience.spreading().toNanos();
    }

    List<String> problems(List<RecordQuestions> questions, List<RecordMove> moves, List<RecordCheck> checks) {
        List<String> problems = new ArrayList<>();
        for (int at = 0; at < moves.size(); at++) {
            RecordMove move = moves.get(at);
            List<String> addresses = new ArrayList<>();
            for (DnsQuery query : questions.get(at).queries()) {
                problem(query, move, addresses).ifPresent(problems::add);
            }
            Optional<RecordCheck> check = checks.stream()
                    .filter(each -> each.record().equals(move.to().id()))
                    .findFirst();
            Optional<HttpCall> request = questions.get(at).request();
            if (check.isPresent() && request.isPresent() && !addresses.isEmpty()) {
                Slots known = Slots.of(RecordQuestions.slot(at), addresses.getFirst());
                HttpCall filled = (HttpCall) known.fill(request.get());
                new Trial(patience, context, machines, List.of(filled))
                        .problems(List.of(check.get()))
                        .forEach(problems::add);
            }
        }
        return problems;
    }

    /** @param resolved to which what the server says is added */
    private Optional<String> problem(DnsQuery query, RecordMove move, List<String> resolved) {
        while (true) {
            context.pulse().beat(new Progress("resolve", 0, Optional.empty(), "", query.name() + " " + query.server()));
            NameServers.Answer answer = servers.ask(query);
            Optional<String> problem = switch (answer) {
                case NameServers.Answer.None none -> Optional.of("no answer: " + none.reason());
                case NameServers.Answer.Given given -> wrong(given.addresses(), move);
            };
            if (problem.isEmpty() || System.nanoTime() > until) {
                if (answer instanceof NameServers.Answer.Given given) {
                    given.addresses().stream().map(Address::value).forEach(resolved::add);
                }
                return problem.map(words -> query.name() + " " + query.type() + " at " + query.server() + ": " + words);
            }
            Pauses.pause(patience.pause());
        }
    }

    private static Optional<String> wrong(List<Address> addresses, RecordMove move) {
        if (addresses.isEmpty()) {
            return Optional.of("it has no address");
        }
        if (move.to().mode() == RecordMode.PROXIED) {
            return addresses.contains(move.to().content())
                            || addresses.contains(move.from().content())
                    ? Optional.of("it leads past Cloudflare to the machine, " + addresses)
                    : Optional.empty();
        }
        if (addresses.equals(List.of(move.to().content()))) {
            return Optional.empty();
        }
        return Optional.of(
                addresses.equals(List.of(move.from().content()))
                        ? "still " + move.from().content() + ", which it may keep until the TTL from before is over"
                        : "it leads to " + addresses + ", wanted " + move.to().content());
    }
}
