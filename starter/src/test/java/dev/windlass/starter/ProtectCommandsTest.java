package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectionFinding;
import dev.windlass.workflows.protect.ProtectionFinding.Kind;
import dev.windlass.workflows.protect.ProtectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectCommandsTest {
    private static final ClusterName MAIN = new ClusterName("main");
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new ProtectOutcome.AlreadyProtected(MAIN),
                        0,
                        "cluster main is protected already; nothing was changed\n"),
                Arguments.of(
                        new ProtectOutcome.Protected(MAIN, DIGEST, Duration.ofSeconds(42), List.of("slack: away")),
                        0,
                        "cluster main is protected, set up in 42 s\nnot notified: slack: away\n"),
                Arguments.of(
                        new ProtectOutcome.WaitsForRestart(MAIN, "systemctl restart pg", DIGEST, List.of()),
                        9,
                        "NOT PROTECTED YET: archive_mode is off, so PostgreSQL has to be restarted\n"
                                + "restart it: systemctl restart pg\nthen:       windlass protect main --wait\n"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndHasItsWordsAndItsCode(ProtectOutcome outcome, int code, String words) {
        runs.outcomes.put("protect-20261124T061000Z", () -> CompletableFuture.completedFuture(outcome));

        assertThat(typed.type("protect", "main", "--wait")).as(typed.err()).isEqualTo(code);

        assertThat(typed.out()).endsWith(words);
    }

    @Test
    void aRunThatIsStartedCarriesWhatWasAccepted() {
        assertThat(typed.type("protect", "main", "--accept", "restart,archive_command"))
                .isZero();

        assertThat(runs.calls)
                .singleElement()
                .asString()
                .startsWith("start Protect ProtectRequest[cluster=main, accepted=[archive_command, restart]");
    }

    @Test
    void asksForTheClusterWhereNoneIsNamed() {
        assertThat(typed.type("protect")).isEqualTo(2);

        assertThat(typed.err()).isEqualTo("""
                error: missing required parameter: 'NAME'
                hint: name a cluster of ops.yml, as in: windlass protect main
                see: windlass help exit-codes
                """);
        assertThat(runs.calls).isEmpty();
    }

    @Test
    void statusIsATableAndEndsWithNineWhereThereIsAFinding() {
        runs.answers.put("ProtectionStatus", status(List.of()));
        assertThat(typed.type("protect", "status", "main")).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains("000000010000000000000007, 30 s ago", "20261129-010000F, 1 h 05 min ago", "no finding\n");

        runs.answers.put("ProtectionStatus", status(List.of(new ProtectionFinding(Kind.LAG, "3 WAL segments wait"))));
        assertThat(typed.type("protect", "status", "main")).isEqualTo(9);
        assertThat(typed.out()).endsWith("FINDING 3 WAL segments wait\nsee: runbooks/protect.md#findings\n");
        assertThat(typed.type("protect", "status", "main", "--json")).isEqualTo(9);
        assertThat(typed.out()).contains("\"kind\" : \"LAG\"");
    }

    private static ProtectionStatus status(List<ProtectionFinding> findings) {
        Instant now = Instant.parse("2026-11-29T02:10:00Z");
        PhysicalBackup full = new PhysicalBackup(
                "20261129-010000F", "full", Instant.parse("2026-11-29T01:05:00Z"), 1_288_490_188L, false);
        return new ProtectionStatus(
                MAIN,
                now,
                Optional.of("0/7000028"),
                Optional.of("000000010000000000000007"),
                Optional.of(now.minusSeconds(30)),
                0,
                Duration.ZERO,
                2,
                83_886_080,
                Optional.of(full),
                Optional.of(full),
                findings);
    }
}
