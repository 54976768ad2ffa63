package dev.windlass.workflows.migrate;

import static dev.windlass.workflows.migrate.People.ANA;
import static dev.windlass.workflows.migrate.People.BEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.client.WorkflowFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrateWorkflowTest {
    private static final Optional<RunningApp> SERVING =
            Optional.of(new RunningApp("http://127.0.0.1:4101", Optional.of("9b1c0de")));

    @Test
    void rehearsesAppliesAndVerifiesWhereNobodyHasToApprove() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            assertThat(bench.migrate()).isInstanceOfSatisfying(MigrateOutcome.Migrated.class, migrated -> {
                assertThat(migrated.migrations()).containsExactly("0001_a", "0002_b");
                assertThat(migrated.verified()).isEqualTo("as rehearsed");
            });
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "verify");
            assertThat(bench.people.headlines)
                    .singleElement()
                    .asString()
                    .matches("shop prod migrated in .*: 0001_a and 1 more");
            assertThat(bench.people.audit).containsExactly("STARTED ana@laptop migrate", "ENDED windlass migrate");
        }
    }

    @Test
    void touchesNothingWhenNothingIsPending() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty(), List.of())) {
            assertThat(bench.migrate()).isEqualTo(new MigrateOutcome.NothingPending(List.of("0000_init")));
            assertThat(bench.database.done()).isEmpty();
        }
    }

    @Test
    void aMigrationThatFailsInTheRehearsalNeverReachesApproval() {
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()))) {
            bench.database.rehearsalProblem = Optional.of("0002_b: duplicate key");
            assertThat(bench.migrate()).isInstanceOf(MigrateOutcome.RehearsalFailed.class);
            assertThat(bench.database.done()).containsExactly("rehearse");
            assertThat(bench.people.shown).isEmpty();
            assertThat(bench.people.headlines)
                    .containsExactly("migration of shop prod failed in its rehearsal: 0002_b: duplicate key");
        }
    }

    @Test
    void changesNothingBeforeSomebodyElseApproves() {
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()))) {
            bench.begin();
            Question question = bench.question();
            assertThat(question.subject()).isEqualTo("migrate shop prod: 0001_a and 1 more");
            assertThat(bench.decide(question, ANA, Verdict.APPROVE)).isInstanceOf(Answer.Refused.class);
            assertThat(bench.database.done()).containsExactly("rehearse");
            assertThat(bench.decide(question, BEN, Verdict.APPROVE)).isInstanceOf(Answer.Accepted.class);
            assertThat(bench.outcome()).isInstanceOf(MigrateOutcome.Migrated.class);
        }
    }

    @Test
    void endsWithoutAChangeWhenItIsRejected() {
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()))) {
            bench.begin();
            bench.decide(bench.question(), BEN, Verdict.REJECT);
            assertThat(bench.outcome()).isInstanceOfSatisfying(MigrateOutcome.NotApproved.class, not -> {
                assertThat(not.state()).isEqualTo(QuestionState.REJECTED);
                assertThat(not.reason()).isEqualTo("ben rejected it: because");
            });
            assertThat(bench.database.done()).containsExactly("rehearse");
        }
    }

    @Test
    void aFileThatChangedMeanwhileVoidsTheApprovalAndIsRehearsedAndAskedForAgain() {
        List<Migration> changed = List.of(FakeDatabase.migration("0001_a", "6"));
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()), MigrateBench.pending(), changed)) {
            bench.begin();
            Question first = bench.question();
            bench.decide(first, BEN, Verdict.APPROVE);
            Question second = bench.questionAfter(first);
            assertThat(second.digest()).isNotEqualTo(first.digest());
            assertThat(bench.database.done()).containsExactly("rehearse", "rehearse");
            bench.waitUntil(() -> bench.people.shown.stream()
                    .anyMatch(view -> view.question().id().equals(first.id()) && view.state() == QuestionState.VOID));
        }
    }

    @Test
    void aStatementThatFailsIsUndoneAndLookedAt() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.database.failing = Optional.of("0002_b");
            assertThat(bench.migrate()).isInstanceOfSatisfying(MigrateOutcome.Undone.class, undone -> {
                assertThat(undone.reason()).isEqualTo("0002_b: syntax error");
                assertThat(undone.verified()).isEqualTo("as before");
            });
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "look", "undo", "look");
            assertThat(bench.people.headlines)
                    .singleElement()
                    .asString()
                    .matches("migration of shop prod undone in .*: 0002_b: syntax error");
        }
    }

    @Test
    void whatATransactionTookBackItselfIsNotUndoneOnceMore() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.database.failing = Optional.of("0001_a");
            assertThat(bench.migrate()).isInstanceOf(MigrateOutcome.Undone.class);
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "look");
        }
    }

    @Test
    void aSchemaThatIsNotTheRehearsedOneIsUndone() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.database.isLeftDifferent = true;
            assertThat(bench.migrate())
                    .isInstanceOfSatisfying(
                            MigrateOutcome.Undone.class,
                            undone -> assertThat(undone.reason()).isEqualTo("a column more than rehearsed"));
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "verify", "look", "undo", "look");
        }
    }

    @Test
    void anAppThatServesIsAskedAfterwards() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.planning.serving = SERVING;
            assertThat(bench.migrate())
                    .isInstanceOfSatisfying(
                            MigrateOutcome.Migrated.class,
                            migrated -> assertThat(migrated.verified())
                                    .isEqualTo("as rehearsed, the app: 3 good answers at http://127.0.0.1:4101"));
            assertThat(bench.database.done()).containsExactly("rehearse", "apply", "verify", "health");
        }
    }

    @Test
    void anAppThatAnswersBadlyAfterwardsTakesTheMigrationBack() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.planning.serving = SERVING;
            bench.database.illness = Optional.of("/health: status 500, wanted 200");
            assertThat(bench.migrate()).isInstanceOfSatisfying(MigrateOutcome.Undone.class, undone -> {
                assertThat(undone.reason())
                        .isEqualTo("the app is not healthy any more: /health: status 500, wanted 200");
                assertThat(undone.verified()).isEqualTo("as before");
            });
            assertThat(bench.database.done())
                    .containsExactly("rehearse", "apply", "verify", "health", "look", "undo", "look");
        }
    }

    @Test
    void driftFromTheEnvironmentThatIsFollowedStopsItBeforeTheRehearsal() {
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()))) {
            bench.planning.refusal = Optional.of(new Failure(
                    FailureType.PRECONDITION,
                    "prod follows staging, and they have drifted apart: 0001_a is applied in prod and not in staging",
                    "bring both to the same migrations",
                    "migrate.md#drift"));
            assertThatThrownBy(bench::migrate)
                    .isInstanceOfSatisfying(
                            WorkflowFailedException.class,
                            failed -> assertThat(
                                            Failure.in(failed).orElseThrow().anchor())
                                    .isEqualTo("migrate.md#drift"));
            assertThat(bench.database.done()).isEmpty();
            assertThat(bench.people.shown).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.class,
            names = {"RETRY", "SKIP", "ABORT"})
    void anUndoThatLeavesSomethingElseWaitsForAPerson(Verdict verdict) {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.database.failing = Optional.of("0002_b");
            bench.database.afterUndo = FakeDatabase.OTHER;
            bench.begin();
            Question question = bench.question();
            assertThat(question.subject())
                    .isEqualTo("seeing that the database stands as before failed: the database of shop prod stands"
                            + " neither as before nor as planned: a column more than before");
            if (verdict == Verdict.RETRY) {
                bench.database.leave(FakeDatabase.OLD);
            }
            bench.decide(question, BEN, verdict);
            MigrateOutcome outcome = bench.outcome();
            if (verdict == Verdict.RETRY) {
                assertThat(outcome).isInstanceOf(MigrateOutcome.Undone.class);
            } else {
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                MigrateOutcome.NeedsHuman.class,
                                needs -> assertThat(needs.known())
                                        .startsWith(
                                                verdict == Verdict.SKIP
                                                        ? "a person let the run end"
                                                        : "the database of shop prod stands neither"));
                assertThat(bench.people.headlines).singleElement().asString().contains("NEEDS A HUMAN");
            }
        }
    }

    @Test
    void anUndoThatFailsForGoodWaitsForAPerson() {
        try (MigrateBench bench = MigrateBench.of(Optional.empty())) {
            bench.database.failing = Optional.of("0002_b");
            bench.database.fail("undo", 1);
            bench.begin();
            Question question = bench.question();
            assertThat(question.subject()).isEqualTo("undoing: Apply failed: undo is broken");
            bench.decide(question, BEN, Verdict.RETRY);
            assertThat(bench.outcome()).isInstanceOf(MigrateOutcome.Undone.class);
        }
    }

    @Test
    void withoutAnUndoAPersonRepairsAndTheRunLooksAgain() {
        try (MigrateBench bench = new MigrateBench(new FakeDatabase.Planning(
                Optional.empty(),
                Optional.of(People.policy()),
                Duration.ofHours(1),
                false,
                List.of(MigrateBench.pending())))) {
            bench.database.failing = Optional.of("0002_b");
            bench.begin();
            Question question = bench.question();
            bench.database.leave(FakeDatabase.OLD);
            bench.decide(question, BEN, Verdict.RETRY);
            assertThat(bench.outcome()).isInstanceOf(MigrateOutcome.Undone.class);
            assertThat(bench.database.done()).doesNotContain("undo");
        }
    }

    @Test
    void nothingIsAppliedWhenTheBackupIsTooOldAndANewOneIsNotProven() {
        try (MigrateBench bench = new MigrateBench(new FakeDatabase.Planning(
                Optional.empty(),
                Optional.of(People.policy()),
                Duration.ofHours(25),
                true,
                List.of(MigrateBench.pending())))) {
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
    void aPlanRehearsesAndChangesNothing() {
        try (MigrateBench bench = MigrateBench.of(Optional.of(People.policy()))) {
            PlannedMigrations planned = bench.plan();
            assertThat(planned.plan().orElseThrow().rehearsal().schemaAfter()).isEqualTo(FakeDatabase.NEW);
            assertThat(bench.database.done()).containsExactly("rehearse");
            assertThat(bench.people.shown).isEmpty();
        }
    }
}
