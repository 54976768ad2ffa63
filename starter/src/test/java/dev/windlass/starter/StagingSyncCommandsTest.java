package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.stagingsync.AnonymizationReport;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Group;
import dev.windlass.workflows.stagingsync.AnonymizationReport.OfTable;
import dev.windlass.workflows.stagingsync.AnonymizationReport.Probe;
import dev.windlass.workflows.stagingsync.CopiedSet;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StagingSyncCommandsTest {
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final String RUN = "staging-sync-20261124T061000Z";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    @Test
    void theReportSaysWhatTheCopyIsAndWhatItIsNot() {
        runs.outcomes.put(RUN, () -> CompletableFuture.completedFuture(synced()));

        assertThat(typed.type("staging-sync", "shop", "--wait")).as(typed.err()).isZero();

        assertThat(typed.out())
                .contains(
                        "shop-staging is a pseudonymised copy of shop, direct identifiers removed; made in 42 s\n",
                        "masked by:    classification sha256:c0ffee\n",
                        "made of:      set 20261129T030000Z-1f3a09bc, as of 2026-11-29 03:00 UTC\n",
                        "rows:         2010 in 2 tables\n",
                        "after_sql:    its statements changed 1, 0 rows\n",
                        "emptied:      database 0 of Redis at 127.0.0.1:6380, which had 42 keys\n",
                        "works:        1 statement true\n",
                        "It is not anonymous",
                        "as shop_staging_replaced_windlass-0")
                .doesNotContain("GDPR");
    }

    @Test
    void theReportOfARunSaysWhatIsMaskedKeptAndAlone() {
        runs.states.put(RUN, state("StagingSync"));
        runs.outcomes.put(RUN, () -> CompletableFuture.completedFuture(synced()));

        assertThat(typed.type("anonymization-report", RUN)).as(typed.err()).isZero();

        assertThat(typed.out()).isEqualTo("""
                PSEUDONYMISED COPY, DIRECT IDENTIFIERS REMOVED
                copy:   shop-staging, of shop
                made of: set 20261129T030000Z-1f3a09bc, as of 2026-11-29 03:00 UTC
                rules:  classification sha256:c0ffee
                key:    32 random bytes in the worker's memory, destroyed with the run: from a pseudonym that is made from a value there is no way back, and it links no two copies
                rows:   2,010 were looked at in the finished copy; but for the team's and own_values of the classification, none holds what has the form of a real address, number or account
                after_sql: its statements changed 1, 0 rows

                Tables
                  app.orders: 9 rows; masked: none
                    kept price: prices are public
                  app.users: 2,001 rows; masked: email 1, name 2, phone 1

                Small groups
                  app.users (born, city): 12 of 2,001 rows in groups below 5; the smallest group has 1

                Originals that were searched for in the copy, and are not there
                  app.users.last_name: 1,990

                What remains
                  This is personal data still, and the rules for it apply to staging: access, retention, notice of a breach.
                  What is kept, and when rows were written, can point to one person together, for somebody who knows enough of them.
                  12 rows are in groups so small that whoever knows these values of somebody may know the row.
                  Made from the row's own key without the run's, so that the key can be read from them, and the same in every copy: app.users.phone from id.
                  Keys that are kept lead from a row to the same row of production, and of other copies.
                  Names and free text have no form by which they could be known: what a column holds against its description passes there, where it is kept.
                """);
    }

    @Test
    void aRunFromBeforeThereWereReportsSaysSo() {
        StagingSyncOutcome.Synced now = synced();
        runs.states.put(RUN, state("StagingSync"));
        runs.outcomes.put(
                RUN,
                () -> CompletableFuture.completedFuture(new StagingSyncOutcome.Synced(
                        now.source(),
                        now.target(),
                        now.copy(),
                        now.scanned(),
                        now.classification(),
                        now.replaced(),
                        now.dropped(),
                        now.problems(),
                        now.digest(),
                        now.took(),
                        now.undelivered(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())));

        assertThat(typed.type("anonymization-report", RUN)).isEqualTo(4);

        assertThat(typed.out())
                .isEqualTo("this run is from before there were reports; windlass run wait shows its outcome\n");
    }

    @Test
    void theReportCanBeReadByMachines() {
        runs.states.put(RUN, state("StagingSync"));
        runs.outcomes.put(RUN, () -> CompletableFuture.completedFuture(synced()));

        assertThat(typed.type("anonymization-report", RUN, "--json"))
                .as(typed.err())
                .isZero();

        assertThat(typed.out()).contains("\"smallest\" : 1", "\"price\" : \"prices are public\"");
    }

    @Test
    void anotherKindOfRunHasNoReport() {
        runs.states.put(RUN, state("Backup"));

        assertThat(typed.type("anonymization-report", RUN)).isEqualTo(4);

        assertThat(typed.err())
                .isEqualTo("error: run " + RUN + " made no masked copy\n"
                        + "hint: name a run of windlass staging-sync: windlass runs\n"
                        + "see: runbooks/staging-sync.md#the-report\n");
    }

    private static RunState state(String type) {
        return new RunState(
                new RunId(RUN, "run-1"),
                type,
                RunStatus.COMPLETED,
                Optional.empty(),
                Sample.NOW,
                Optional.of(Sample.NOW),
                List.of());
    }

    private static StagingSyncOutcome.Synced synced() {
        return new StagingSyncOutcome.Synced(
                new DatabaseName("shop"),
                new DatabaseName("shop-staging"),
                new MaskedCopyReport("windlass-0", 1, Sorted.copyOf(Map.of("app.users", 2001L, "app.orders", 9L))),
                2010,
                "sha256:c0ffee",
                "shop_staging_replaced_windlass-0",
                List.of(),
                List.of(),
                DIGEST,
                Duration.ofSeconds(42),
                List.of(),
                Optional.of(new AnonymizationReport(
                        "sha256:c0ffee",
                        2010,
                        List.of(
                                new OfTable(
                                        "app.orders",
                                        9,
                                        Sorted.of(),
                                        Sorted.of("price", "prices are public"),
                                        Sorted.of()),
                                new OfTable(
                                        "app.users",
                                        2001,
                                        Sorted.copyOf(Map.of("email", 1L, "name", 2L, "phone", 1L)),
                                        Sorted.of(),
                                        Sorted.of("phone", "id"))),
                        List.of(new Group("app.users", List.of("born", "city"), 5, 2001, 1, 12)),
                        List.of(new Probe("app.users.last_name", 1990)))),
                List.of(1L, 0L),
                Optional.of(new FlushedRedis("database 0 of Redis at 127.0.0.1:6380", 42)),
                Optional.of("1 statement true"),
                Optional.of(
                        new CopiedSet(new SetId("20261129T030000Z-1f3a09bc"), Instant.parse("2026-11-29T03:00:04Z"))));
    }

    @Test
    void whatWasNotApprovedEndsWithNine() {
        runs.outcomes.put(
                RUN,
                () -> CompletableFuture.completedFuture(new StagingSyncOutcome.NotApproved(
                        QuestionState.REJECTED, "ben rejected it: not now", DIGEST, List.of("slack: away"))));

        assertThat(typed.type("staging-sync", "shop", "--wait")).isEqualTo(9);

        assertThat(typed.out())
                .endsWith(
                        "NOT APPROVED\nreason: ben rejected it: not now\nnothing was copied\nnot notified: slack: away\n");
    }

    @Test
    void aRunCarriesTheDatabase() {
        assertThat(typed.type("staging-sync", "shop")).as(typed.err()).isZero();

        assertThat(runs.calls)
                .singleElement()
                .asString()
                .startsWith("start StagingSync StagingSyncRequest[database=shop, requester=");
    }
}
