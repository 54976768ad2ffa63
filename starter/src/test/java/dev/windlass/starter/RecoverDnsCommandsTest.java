package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.dns.Address;
import dev.windlass.workflows.dns.AddressType;
import dev.windlass.workflows.dns.RecordMode;
import dev.windlass.workflows.dns.RecordMove;
import dev.windlass.workflows.dns.RecordState;
import dev.windlass.workflows.dns.RecoverDnsOutcome;
import dev.windlass.workflows.kernel.PlanDigest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecoverDnsCommandsTest {
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final String RUN = "recover-dns-20261124T061000Z";
    private static final RecordState OLD = new RecordState(
            "1", "shop.example.com", AddressType.A, new Address("203.0.113.10"), 3600, RecordMode.DIRECT);
    private static final RecordMove MOVE = new RecordMove(OLD, OLD.withTtl(60).with(new Address("198.51.100.7")));

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new RecoverDnsOutcome.AlreadyThere("example.com"),
                        0,
                        "already-there",
                        "the records of zone example.com are so already; nothing was changed, nobody was asked\n"),
                Arguments.of(
                        switched(List.of()),
                        0,
                        "switched",
                        "led elsewhere in 42 s\n  shop.example.com A: 203.0.113.10 (direct, TTL 3600 s) to 198.51.100.7"
                                + " (direct, TTL 60 s)\nback: windlass recover dns --back " + RUN + "\n"),
                Arguments.of(
                        switched(List.of("it is not there")),
                        9,
                        "switched",
                        "NOT WELL: it is not there\nback: windlass recover dns --back " + RUN + "\n"),
                Arguments.of(
                        new RecoverDnsOutcome.NotApproved(
                                QuestionState.REJECTED, "ben rejected it: not now", DIGEST, List.of("slack: away")),
                        9,
                        "not-approved",
                        "NOT APPROVED\nreason: ben rejected it: not now\nno record was changed\n"
                                + "not notified: slack: away\n"));
    }

    private static RecoverDnsOutcome switched(List<String> problems) {
        return new RecoverDnsOutcome.Switched(RUN, List.of(MOVE), problems, DIGEST, Duration.ofSeconds(42), List.of());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndHasItsWordsAndItsCode(RecoverDnsOutcome outcome, int code, String name, String words) {
        endsWith(outcome);

        assertThat(typed.type("recover", "dns", "--to", "198.51.100.7", "--wait"))
                .as(typed.err())
                .isEqualTo(code);

        assertThat(typed.out()).endsWith(words);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndIsToldToMachinesToo(RecoverDnsOutcome outcome, int code, String name, String words) {
        endsWith(outcome);

        assertThat(typed.type("recover", "dns", "--to", "198.51.100.7", "--wait", "--json"))
                .isEqualTo(code);

        assertThat(typed.out()).startsWith("{\n").contains("\"outcome\" : \"" + name + "\"");
    }

    @Test
    void aRunThatIsStartedCarriesWhatWasAskedForAndByWhom() {
        assertThat(typed.type("recover", "dns", "--to", "198.51.100.7,2001:DB8::7", "--after-ttl"))
                .as(typed.err())
                .isZero();

        assertThat(runs.calls)
                .singleElement()
                .asString()
                .startsWith("start RecoverDns RecoverDnsRequest[to=[198.51.100.7, 2001:db8::7], back=Optional.empty,"
                        + " pace=AFTER_OLD_TTL")
                .contains("label=ana")
                .endsWith("(recover dns to 198.51.100.7, 2001:db8::7)");
    }

    @Test
    void theWayBackNamesTheRun() {
        assertThat(typed.type("recover", "dns", "--back", RUN)).as(typed.err()).isZero();

        assertThat(runs.calls).singleElement().asString().contains("to=[], back=Optional[" + RUN + "], pace=AT_ONCE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recover dns",
                "recover dns --to shop.example.com",
                "recover dns --to 198.51.100.7,198.51.100.8",
                "recover dns --to 198.51.100.7 --back run",
                "recover dns --back ../run",
                "plan recover dns --back ../run"
            })
    void whatCannotBeAskedForIsWrongUsage(String words) {
        assertThat(typed.type(words.split(" "))).isEqualTo(2);

        assertThat(typed.err()).startsWith("error: ");
        assertThat(runs.calls).isEmpty();
    }

    private void endsWith(RecoverDnsOutcome outcome) {
        CompletableFuture<Object> ended = CompletableFuture.completedFuture(outcome);
        runs.outcomes.put(RUN, () -> ended);
    }
}
