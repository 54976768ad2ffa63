package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.SwapReport;
import dev.windlass.workflows.recovery.TableComparison;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TwoCompared;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecoverCommandsTest {
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final Duration TOOK = Duration.ofSeconds(42);
    private static final String RUN = "recover-database-20261124T061000Z";
    private static final TableReference ORDERS = new TableReference("public.orders");
    private static final TwoCompared COMPARED = new TwoCompared(
            List.of(new TableComparison(
                    ORDERS, TableComparison.Kind.BY_KEY, 7, 9, Optional.of(new TableComparison.Rows(3, 1, 2)))),
            5,
            "cd".repeat(32),
            "0, equal",
            Sorted.of(),
            "/var/lib/windlass/recovery/shop.jsonl",
            "ef".repeat(32));
    private static final String REPORT = "compared: 1 tables differed, 5 were equal\n"
            + "  public.orders: 3 missing live, 1 only live, 2 different\n"
            + "every row by its key: /var/lib/windlass/recovery/shop.jsonl on the worker's host\n"
            + "sha256 " + "ef".repeat(32) + "\n";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new RecoverDatabaseOutcome.NothingMissing(COMPARED, TOOK),
                        0,
                        "nothing-missing",
                        "nothing is missing, so nothing was changed; nobody was asked\n"),
                Arguments.of(
                        new RecoverDatabaseOutcome.RowsBack(
                                COMPARED,
                                List.of(new BroughtBack(ORDERS, 2, 1)),
                                List.of(),
                                DIGEST,
                                TOOK,
                                List.of("slack: away")),
                        0,
                        "rows-back",
                        "rows back in 42 s\n  public.orders: 2 rows back, 1 not, since another row has the same unique"
                                + " value\nnot notified: slack: away\n"),
                Arguments.of(
                        new RecoverDatabaseOutcome.RowsBack(
                                COMPARED, List.of(), List.of("smoke \"a\": no"), DIGEST, TOOK, List.of()),
                        9,
                        "rows-back",
                        "rows back in 42 s\nNOT WELL: smoke \"a\": no\n"),
                Arguments.of(
                        new RecoverDatabaseOutcome.Swapped(
                                COMPARED,
                                new SwapReport.Swapped("shop_broken", "OPEN", "DROP"),
                                List.of(),
                                DIGEST,
                                TOOK,
                                List.of()),
                        0,
                        "swapped",
                        "recovered in 42 s\nwhat was live is kept as shop_broken, which takes no sessions; to look into"
                                + " it: OPEN; to drop it: DROP\n"),
                Arguments.of(
                        new RecoverDatabaseOutcome.NotApproved(
                                COMPARED, QuestionState.REJECTED, "ben rejected it: not now", DIGEST, List.of()),
                        9,
                        "not-approved",
                        "NOT APPROVED\nreason: ben rejected it: not now\nthe live database was not touched, the copy is"
                                + " gone\n"),
                Arguments.of(
                        new RecoverDatabaseOutcome.KeptChanging(COMPARED, 3, List.of()),
                        9,
                        "kept-changing",
                        "GIVEN UP: somebody wrote into the live database each of 3 times that the copy was to take its"
                                + " name\nit was not touched, the copy is gone; stop what writes, then start again\n"
                                + "see: runbooks/recover-database.md#kept-changing\n"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndHasItsWordsAndItsCode(RecoverDatabaseOutcome outcome, int code, String name, String words) {
        endsWith(outcome);

        assertThat(typed.type("recover", "database", "shop", "--wait"))
                .as(typed.err())
                .isEqualTo(code);

        assertThat(typed.out()).endsWith(words + REPORT);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndIsToldToMachinesToo(RecoverDatabaseOutcome outcome, int code, String name, String words) {
        endsWith(outcome);

        assertThat(typed.type("recover", "database", "shop", "--wait", "--json"))
                .isEqualTo(code);

        assertThat(typed.out()).startsWith("{\n").contains("\"outcome\" : \"" + name + "\"");
    }

    @Test
    void aMomentHasItsTimeZoneAndGoesWithoutASet() {
        assertThat(typed.type("recover", "database", "shop", "--to", "2026-11-29T03:00:00+01:00"))
                .as(typed.err())
                .isZero();
        assertThat(runs.calls).singleElement().asString().contains("to=Optional[2026-11-29T02:00:00Z]");
        for (String vague : List.of("2026-11-29T03:00:00", "2026-11-29", "2026-11-29T03:00:00.1234567Z")) {
            assertThat(typed.type("plan", "recover", "database", "shop", "--to", vague))
                    .isEqualTo(2);
            assertThat(typed.err())
                    .contains("moment \"" + vague + "\" must have its time zone, and microseconds at most, such as"
                            + " 2026-11-29T02:00:00Z or 2026-11-29T03:00:00+01:00");
        }
        for (List<String> source : List.of(
                List.of("--backup", "20261124T030000Z-1f3a09bc"),
                List.of("--from", "offsite"),
                List.of("--identity", "env:KEY"))) {
            List<String> words =
                    new ArrayList<>(List.of("recover", "database", "shop", "--to", "2026-11-29T02:00:00Z"));
            words.addAll(source);
            assertThat(typed.type(words.toArray(String[]::new))).isEqualTo(2);
            assertThat(typed.err())
                    .contains("--to goes without --backup, --from and --identity: a moment is reached by WAL, not by a"
                            + " set");
        }
        assertThat(runs.calls).as("nothing more is started").hasSize(1);
    }

    @Test
    void aRunThatIsStartedCarriesWhatWasAskedForAndByWhom() {
        assertThat(typed.type(
                        "recover",
                        "database",
                        "shop",
                        "--table",
                        "public.orders,public.lines",
                        "--backup",
                        "20261124T030000Z-1f3a09bc"))
                .isZero();

        assertThat(runs.calls)
                .singleElement()
                .asString()
                .startsWith("start RecoverDatabase RecoverDatabaseRequest[database=shop,"
                        + " set=Optional[20261124T030000Z-1f3a09bc],"
                        + " tables=[public.lines, public.orders]")
                .contains("label=ana")
                .endsWith("(recover database shop)");
        assertThat(typed.out()).isEqualTo("""
                started recover-database-20261124T061000Z
                follow it: windlass run wait recover-database-20261124T061000Z
                """);
    }

    @Test
    void aTableNeedsItsSchema() {
        assertThat(typed.type("recover", "database", "shop", "--table", "orders"))
                .isEqualTo(2);

        assertThat(typed.err()).contains("table \"orders\" must be SCHEMA.TABLE, such as public.users");
    }

    private void endsWith(RecoverDatabaseOutcome outcome) {
        CompletableFuture<Object> ended = CompletableFuture.completedFuture(outcome);
        runs.outcomes.put(RUN, () -> ended);
    }
}
