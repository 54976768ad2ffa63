package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.PlannedMigrations;
import dev.windlass.workflows.migrate.Rehearsal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MigrateCommandsTest {
    private static final PlanDigest DIGEST = new PlanDigest("v1:" + "ab".repeat(32));
    private static final Duration TOOK = Duration.ofSeconds(42);
    private static final String RUN = "migrate-20261124T061000Z";

    private final FakeRuns runs = new FakeRuns();
    private final Typed typed = new Typed(runs);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new MigrateOutcome.NothingPending(List.of("0001_a", "0002_b")),
                        0,
                        "nothing-pending",
                        "nothing is pending; 2 migrations are applied\n"),
                Arguments.of(
                        new MigrateOutcome.Migrated(
                                List.of("0003_c", "0004_d"),
                                rehearsal(Optional.empty()),
                                "4 migrations applied, the schema is the rehearsed one",
                                DIGEST,
                                TOOK,
                                List.of("slack: away")),
                        0,
                        "migrated",
                        "migrated in 42 s: 0003_c, 0004_d\n4 migrations applied, the schema is the rehearsed one\n"
                                + "not notified: slack: away\n"),
                Arguments.of(
                        new MigrateOutcome.RehearsalFailed(
                                rehearsal(Optional.of("the migration fails: division by zero")), List.of()),
                        9,
                        "rehearsal-failed",
                        "THE REHEARSAL FAILED on set 20261124T030000Z-1f3a09bc\n"
                                + "reason: the migration fails: division by zero\n"
                                + "nothing was changed, nobody was asked\n"),
                Arguments.of(
                        new MigrateOutcome.NotApproved(
                                List.of("0003_c"),
                                QuestionState.REJECTED,
                                "ben rejected it: not now",
                                DIGEST,
                                List.of("slack: away")),
                        9,
                        "not-approved",
                        "NOT APPROVED: 0003_c\nreason: ben rejected it: not now\nnothing was changed\n"
                                + "not notified: slack: away\n"),
                Arguments.of(
                        new MigrateOutcome.Undone(
                                "the app is not healthy any more: status 500",
                                "the database stands as before: 2 migrations applied, the same schema",
                                DIGEST,
                                TOOK,
                                List.of("slack: away")),
                        9,
                        "undone",
                        "UNDONE in 42 s\nreason: the app is not healthy any more: status 500\n"
                                + "the database stands as before: 2 migrations applied, the same schema\n"
                                + "not notified: slack: away\n"),
                Arguments.of(
                        new MigrateOutcome.NeedsHuman(
                                "it failed", "TABLE a has: b text", DIGEST, TOOK, List.of("slack: away")),
                        9,
                        "needs-human",
                        "NEEDS A HUMAN: the database is neither as before nor as planned\nreason: it failed\n"
                                + "known: TABLE a has: b text\nsee: runbooks/migrate.md#neither-old-nor-new\n"
                                + "not notified: slack: away\n"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndHasItsWordsAndItsCode(MigrateOutcome outcome, int code, String name, String words) {
        endsWith(CompletableFuture.completedFuture(outcome));

        assertThat(typed.type("migrate", "shop", "prod", "--wait"))
                .as(typed.err())
                .isEqualTo(code);

        assertThat(typed.out()).endsWith(words);
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void everyEndIsToldToMachinesToo(MigrateOutcome outcome, int code, String name, String words) {
        endsWith(CompletableFuture.completedFuture(outcome));

        assertThat(typed.type("migrate", "shop", "prod", "--wait", "--json")).isEqualTo(code);

        assertThat(typed.out()).startsWith("{\n").contains("\"outcome\" : \"" + name + "\"");
    }

    @Test
    void aRunThatIsStartedCarriesWhatWasAskedForAndByWhom() {
        assertThat(typed.type("migrate", "shop", "prod", "--accept", "ban-drop-column,ban-drop-table"))
                .isZero();

        assertThat(runs.calls).singleElement().asString().startsWith("start Migrate MigrateRequest[app=shop");
        assertThat(runs.calls.getFirst())
                .contains("environment=prod, accepted=[ban-drop-column, ban-drop-table]", "label=ana")
                .endsWith("(migrate shop prod)");
        assertThat(typed.out()).isEqualTo("""
                started migrate-20261124T061000Z
                follow it: windlass run wait migrate-20261124T061000Z
                """);
    }

    @Test
    void whatOpsYmlDoesNotKnowEndsWithFourAndTheMessageOfTheWorker() {
        endsWith(CompletableFuture.failedFuture(Complaint.of(new Failure(
                FailureType.NOT_FOUND,
                "there is no app \"shp\"",
                "did you mean \"shop\"?",
                "migrate.md#unknown-name"))));

        assertThat(typed.type("migrate", "shp", "prod", "--wait")).isEqualTo(4);

        assertThat(typed.err()).contains("""
                error: there is no app "shp"
                hint: did you mean "shop"?
                see: runbooks/migrate.md#unknown-name
                """);
    }

    @Test
    void driftEndsWithThree() {
        endsWith(CompletableFuture.failedFuture(Complaint.of(new Failure(
                FailureType.PRECONDITION,
                "prod follows staging, where it is not applied yet: 0003_c",
                "migrate staging first, see that the app does well there, then start this again",
                "migrate.md#first-elsewhere"))));

        assertThat(typed.type("migrate", "shop", "prod", "--wait")).isEqualTo(3);

        assertThat(typed.err()).contains("""
                error: prod follows staging, where it is not applied yet: 0003_c
                hint: migrate staging first, see that the app does well there, then start this again
                see: runbooks/migrate.md#first-elsewhere
                """);
    }

    @ParameterizedTest
    @MethodSource("wrongWords")
    void whatNamesNothingIsRefusedBeforeAnythingStarts(List<String> words, String fact) {
        assertThat(typed.type(words.toArray(String[]::new))).isEqualTo(2);

        assertThat(typed.err()).startsWith("error: ").contains(fact, "\nhint: ", "see: windlass help exit-codes\n");
        assertThat(runs.calls).isEmpty();
    }

    static Stream<Arguments> wrongWords() {
        return Stream.of(
                Arguments.of(List.of("migrate", "shop"), "missing required parameter: 'ENVIRONMENT'"),
                Arguments.of(List.of("migrate", "Shop!", "prod"), "\"Shop!\""),
                Arguments.of(List.of("plan", "migrate"), "missing required parameters: 'APP', 'ENVIRONMENT'"));
    }

    @Test
    void aPlanOfNothingSaysSo() {
        runs.outcomes.put(
                "plan-migrate-20261124T061000Z",
                () -> CompletableFuture.completedFuture(
                        new PlannedMigrations(List.of("0001_a", "0002_b"), Optional.empty())));

        assertThat(typed.type("plan", "migrate", "shop", "prod"))
                .as(typed.err())
                .isZero();

        assertThat(typed.out()).endsWith("nothing is pending; 2 migrations are applied\n");
        assertThat(runs.calls.getFirst()).startsWith("start PlanOfMigrate ").endsWith("(plan migrate shop prod)");
    }

    private void endsWith(CompletableFuture<Object> outcome) {
        runs.outcomes.put(RUN, () -> outcome);
    }

    private static Rehearsal rehearsal(Optional<String> problem) {
        return new Rehearsal(
                Sample.SET,
                problem,
                "sha256:" + "0b".repeat(32),
                "sha256:" + "af".repeat(32),
                Duration.ofSeconds(2),
                Optional.of(Duration.ofSeconds(1)),
                List.of());
    }
}
