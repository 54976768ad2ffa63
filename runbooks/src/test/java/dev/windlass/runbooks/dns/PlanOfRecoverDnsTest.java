package dev.windlass.runbooks.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Dns;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.DnsPace;
import dev.windlass.workflows.dns.DnsSteps;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.dns.RecoverDnsPlan;
import dev.windlass.workflows.dns.RecoverDnsRequest;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.DnsQuery;
import dev.windlass.workflows.kernel.Effect.HttpCall;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanOfRecoverDnsTest {
    private static final Address OLD = new Address("203.0.113.10");
    private static final Address NEW = new Address("198.51.100.7");
    private static final Requester SOMEBODY = new Requester("somebody", Optional.empty());
    private static final RecordState ANY = state("a1", "*.example.com", 1, RecordMode.PROXIED);
    private static final RecordState FILES = state("b2", "files.example.com", 3600, RecordMode.DIRECT);
    private static final RecordState MAIL = state("c3", "mail.example.com", 60, RecordMode.DIRECT);

    private static final Dns DNS = new Dns(
            Optional.empty(),
            "example.com",
            new SecretReference("env:TOKEN"),
            "https://api.cloudflare.com/client/v4",
            Duration.ofMinutes(1),
            List.of(),
            Optional.empty(),
            List.of(
                    entry(ANY, Optional.of("https://www.example.com/health")),
                    entry(FILES, Optional.of("https://files.example.com/")),
                    entry(MAIL, Optional.empty())),
            Optional.empty());

    private static RecordState state(String id, String name, int ttl, RecordMode mode) {
        return new RecordState(id, name, AddressType.A, OLD, ttl, mode);
    }

    private static Dns.Entry entry(RecordState state, Optional<String> url) {
        return new Dns.Entry(
                state.name(),
                state.type(),
                state.mode(),
                url.map(address -> new Dns.Check(address, 200, Optional.empty())));
    }

    private static RecoverDnsPlan plan(RecoverDnsRequest request, List<RecordMove> moves) {
        return new PlanOfRecoverDns(PageSample.operations().withDns(DNS), DNS)
                .plan(
                        request,
                        new DnsObservation(
                                "zone",
                                List.of("bob.ns.example.net:53", "lola.ns.example.net:53"),
                                moves,
                                List.of(),
                                Optional.empty()));
    }

    private static RecoverDnsPlan there() {
        return plan(
                new RecoverDnsRequest(List.of(NEW), Optional.empty(), DnsPace.AT_ONCE, SOMEBODY),
                List.of(ANY, FILES, MAIL).stream()
                        .map(now -> new RecordMove(now, PlanOfRecoverDns.goal(DNS, now, NEW)))
                        .toList());
    }

    private static List<String> patches(List<Effect> effects) {
        return effects.stream()
                .map(HttpCall.class::cast)
                .filter(call -> call.method().equals("PATCH"))
                .map(call -> call.url().substring(call.url().lastIndexOf('/') + 1) + " "
                        + call.body().orElse(""))
                .toList();
    }

    @Test
    void lowersWhatOthersKeepForLongAndChangesOnlyTheAddressThen() {
        Step lower = there().plan().step(DnsSteps.LOWER_TTL);
        Step change = there().plan().step(DnsSteps.SWITCH);

        assertThat(there().oldTtl()).isEqualTo(Duration.ofHours(1));
        assertThat(patches(lower.effects())).containsExactly("b2 {\"ttl\":60}");
        assertThat(patches(change.effects()))
                .containsExactly(
                        "a1 {\"content\":\"198.51.100.7\"}",
                        "b2 {\"content\":\"198.51.100.7\"}",
                        "c3 {\"content\":\"198.51.100.7\"}");
        assertThat(patches(change.undo()))
                .as("the last first")
                .containsExactly(
                        "c3 {\"content\":\"203.0.113.10\"}",
                        "b2 {\"content\":\"203.0.113.10\"}",
                        "a1 {\"content\":\"203.0.113.10\"}");
        assertThat(patches(lower.undo())).containsExactly("b2 {\"ttl\":3600}");
    }

    @Test
    void asksTheNewMachineBeforeAndWhereverTheNamesLeadAfter() {
        assertThat(there().plan().step(DnsSteps.TRY).effects())
                .extracting(effect -> ((HttpCall) effect).url() + " at "
                        + ((HttpCall) effect).address().orElse(""))
                .containsExactly(
                        "https://www.example.com/health at 198.51.100.7", "https://files.example.com/ at 198.51.100.7");

        List<RecordQuestions> questions =
                RecordQuestions.in(there().plan().step(DnsSteps.VERIFY).effects(), 3);
        assertThat(questions).hasSize(3);
        assertThat(questions)
                .extracting(asked -> asked.request().flatMap(HttpCall::address))
                .containsExactly(Optional.of("{edge-1}"), Optional.of("198.51.100.7"), Optional.empty());
        assertThat(questions.getFirst().queries())
                .as("a wildcard is asked for by a name that it answers for")
                .containsExactly(
                        new DnsQuery("bob.ns.example.net:53", "www.example.com", "A"),
                        new DnsQuery("lola.ns.example.net:53", "www.example.com", "A"));
        assertThat(questions.getLast().queries()).allMatch(query -> query.name().equals("mail.example.com"));
        assertThat(there().plan().step(DnsSteps.VERIFY).slots()).containsExactly("edge-1");
    }

    @Test
    void goesBackInOneStepAndWithoutATrial() {
        RecordState moved = PlanOfRecoverDns.goal(DNS, FILES, NEW);
        RecoverDnsPlan back = plan(
                new RecoverDnsRequest(List.of(), Optional.of("recover-dns-1"), DnsPace.AT_ONCE, SOMEBODY),
                List.of(new RecordMove(moved, FILES)));

        assertThat(back.plan().steps().stream().map(Step::id))
                .containsExactly(DnsSteps.RECORD, DnsSteps.SWITCH, DnsSteps.VERIFY, DnsSteps.NOTIFY);
        assertThat(patches(back.plan().step(DnsSteps.SWITCH).effects()))
                .containsExactly("b2 {\"content\":\"203.0.113.10\",\"ttl\":3600}");
        assertThat(back.plan().resolved())
                .containsEntry(
                        "record files.example.com A",
                        "198.51.100.7 (direct, TTL 60 s) to 203.0.113.10 (direct, TTL 3600 s)");
    }
}
