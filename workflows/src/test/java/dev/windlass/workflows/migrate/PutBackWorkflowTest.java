package dev.windlass.workflows.migrate;

import static dev.windlass.workflows.migrate.People.BEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Failure;
import io.temporal.client.WorkflowFailedException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A migration whose way back is the restore of a backup. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PutBackWorkflowTest {
    private static final SetId FRESH = new SetId("20261125T040000Z-0c0ffee0");
    private static final Instant SNAPSHOT = Instant.parse("2026-11-25T04:00:01Z");
    private static final String PUT_BACK = "put back from set " + FRESH + ": what was written between"
            + " 2026-11-25T04:00:00Z and 2026-11-25T04:02:00Z is in shop_broken only, which takes no sessions; to look"
            + " into it: open it; to drop it: drop it";

    private static MigrateBench bench() {
        MigrateBench bench = MigrateBench.of(Optional.empty());
        bench.planning.wayBack = WayBack.RESTORE;
        bench.provesItsBackups(FRESH, SNAPSHOT);
        return bench;
    }

    @Test
    void takesABackupOfItsOwnAndIsPutBackFromThat() {
        try (MigrateBench bench = bench()) {
            bench.database.failing = Optional.of("0002_b");
            assertThat(bench.migrate()).isInstanceOfSatisfying(MigrateOutcome.Undone.class, undone -> {
                assertThat(undone.reason()).isEqualTo("0002_b: syntax error");
                assertThat(undone.verified()).isEqualTo("as before; " + PUT_BACK);
            });
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "look", "put back", "look");
            assertThat(bench.planning.seenRestorable).singleElement().satisfies(set -> {
                assertThat(set.set()).isEqualTo(FRESH);
                assertThat(set.snapshotAt()).isEqualTo(SNAPSHOT);
            });
            assertThat(bench.people.headlines)
                    .singleElement()
                    .asString()
                    .matches("migration of shop prod undone in .*: 0002_b: syntax error");
        }
    }

    @Test
    void oneThatEndsWellLeavesTheBackupAlone() {
        try (MigrateBench bench = bench()) {
            assertThat(bench.migrate()).isInstanceOf(MigrateOutcome.Migrated.class);
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "verify");
        }
    }

    @Test
    void nothingIsAppliedWithoutTheBackup() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            // The newest backup is young enough for any other way back.
            bench.planning.wayBack = WayBack.RESTORE;
            assertThatThrownBy(bench::migrate)
                    .isInstanceOfSatisfying(
                            WorkflowFailedException.class,
                            failed -> assertThat(
                                            Failure.in(failed).orElseThrow().fact())
                                    .isEqualTo("backup of [shop] for migrate shop prod is not proven"));
            assertThat(bench.database.done()).containsExactly("rehearse");
        }
    }

    @Test
    void aRestoreThatFailsForGoodWaitsForAPerson() {
        try (MigrateBench bench = bench()) {
            bench.database.failing = Optional.of("0002_b");
            bench.database.fail("put back", 1);
            bench.begin();
            Question question = bench.question();
            assertThat(question.subject()).isEqualTo("putting shop back from its backup failed: put back is broken");
            bench.decide(question, BEN, Verdict.RETRY);
            assertThat(bench.outcome()).isInstanceOf(MigrateOutcome.Undone.class);
        }
    }

    @Test
    void aRestoreThatLeavesSomethingElseNeedsAHumanAndSaysWhereTheDataIs() {
        try (MigrateBench bench = bench()) {
            bench.database.failing = Optional.of("0002_b");
            bench.database.afterUndo = FakeDatabase.OTHER;
            bench.begin();
            bench.decide(bench.question(), BEN, Verdict.SKIP);
            assertThat(bench.outcome())
                    .isInstanceOfSatisfying(
                            MigrateOutcome.NeedsHuman.class,
                            needs -> assertThat(needs.known())
                                    .isEqualTo("a person let the run end while the database is not as before; "
                                            + PUT_BACK));
        }
    }
}
