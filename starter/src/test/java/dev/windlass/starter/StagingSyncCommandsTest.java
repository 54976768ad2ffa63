package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.stagingsync.MaskedCopyReport;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StagingSyncCommandsTest {
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final String RUN = "staging-sync-20261124T061000Z";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    @Test
    void theReportSaysWhatTheCopyIsAndWhatItIsNot() {
        runs.outcomes.put(
                RUN,
                () -> CompletableFuture.completedFuture(new StagingSyncOutcome.Synced(
                        new DatabaseName("shop"),
                        new DatabaseName("shop-staging"),
                        new MaskedCopyReport(
                                "windlass-0", 1, Sorted.copyOf(Map.of("app.users", 2001L, "app.orders", 9L))),
                        2010,
                        "sha256:c0ffee",
                        "shop_staging_replaced_windlass-0",
                        List.of(),
                        List.of(),
                        DIGEST,
                        Duration.ofSeconds(42),
                        List.of())));

        assertThat(typed.type("staging-sync", "shop", "--wait")).as(typed.err()).isZero();

        assertThat(typed.out())
                .contains(
                        "shop-staging is a pseudonymised copy of shop, direct identifiers removed; made in 42 s\n",
                        "masked by:    classification sha256:c0ffee\n",
                        "rows:         2010 in 2 tables\n",
                        "It is not anonymous",
                        "as shop_staging_replaced_windlass-0")
                .doesNotContain("GDPR");
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
