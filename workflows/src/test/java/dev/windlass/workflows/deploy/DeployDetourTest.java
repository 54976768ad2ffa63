package dev.windlass.workflows.deploy;

import static dev.windlass.workflows.deploy.DeployFakes.BEN;
import static dev.windlass.workflows.deploy.DeployFakes.NEW;
import static dev.windlass.workflows.deploy.DeployFakes.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Parking;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What starts the new version is away: a person decides, and may let plain Docker commands do it. */
@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployDetourTest {
    private static final List<String> AFTER_THE_START = List.of("health", "switch", "drain", "watch", "retire");

    private final DeployFakes fakes = new DeployFakes();

    @Test
    void nobodyIsAskedAndNothingIsDoneByDockerWhereItAnswers() {
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            assertThat(bench.deploy()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.done()).startsWith("prepare", "start", "health").doesNotContain("start-by-docker");
        assertThat(fakes.shown()).isEmpty();
    }

    @Test
    void skipGoesOnByPlainDockerCommandsAndTheQuestionSaysSo() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            Question question = bench.question(QuestionState.WAITING);
            assertThat(question.subject()).isEqualTo("Do start failed: start is broken");
            assertThat(question.facts()).containsEntry(Parking.SKIP, "go on by plain Docker commands");
            assertThat(question.steps()).contains("Do start-by-docker");
            assertThat(fakes.done()).containsExactly("prepare", "start");

            bench.decide(question, BEN, Verdict.SKIP);

            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.done())
                .startsWith("prepare", "start", "start-by-docker")
                .endsWith(afterTheStart());
    }

    @Test
    void retryAsksItAgain() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 2);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            Question first = bench.question(QuestionState.WAITING);
            bench.decide(first, BEN, Verdict.RETRY);
            Question second = bench.questionAfter(first);
            assertThat(second.facts()).containsEntry("parked", "2 times");
            bench.decide(second, BEN, Verdict.RETRY);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.done())
                .startsWith("prepare", "start", "start", "start")
                .endsWith(afterTheStart());
    }

    @Test
    void abortGoesBack() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            bench.decide(bench.question(QuestionState.WAITING), BEN, Verdict.ABORT);
            assertThat(bench.outcome())
                    .isInstanceOfSatisfying(
                            DeployOutcome.RolledBack.class,
                            back -> assertThat(back.reason()).isEqualTo("start is broken (hint: mend it)"));
        }
        assertThat(fakes.done()).containsExactly("prepare", "start", "undo start", "undo prepare", "serving");
    }

    @Test
    void whateverComesAfterTheDetourUndoesBothInReverse() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        fakes.findUnhealthy(DeploySteps.HEALTH, "status 503, not 200");
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            bench.decide(bench.question(QuestionState.WAITING), BEN, Verdict.SKIP);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.RolledBack.class);
        }
        assertThat(fakes.done())
                .containsExactly(
                        "prepare",
                        "start",
                        "start-by-docker",
                        "health",
                        "undo start-by-docker",
                        "undo start",
                        "undo prepare",
                        "serving");
    }

    @Test
    void theUndoIsAskedAboutTooWhileItIsAway() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        fakes.fail("undo start", 1);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            Question start = bench.question(QuestionState.WAITING);
            bench.decide(start, BEN, Verdict.ABORT);
            Question undo = bench.questionAfter(start);
            assertThat(undo.subject()).isEqualTo("undoing: Do start failed: undo start is broken");
            assertThat(undo.facts()).doesNotContainKey(Parking.SKIP);
            bench.decide(undo, BEN, Verdict.RETRY);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.RolledBack.class);
        }
    }

    @Test
    void aDefiniteRefusalGoesBackWithoutAsking() {
        fakes.fail("start", 1);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            assertThat(bench.deploy()).isInstanceOf(DeployOutcome.RolledBack.class);
        }
        assertThat(fakes.shown()).isEmpty();
        assertThat(fakes.done()).containsExactly("prepare", "start", "undo start", "undo prepare", "serving");
    }

    @Test
    void goesBackWhereNobodyMayDecide() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        try (DeployBench bench = new DeployBench(fakes, Optional.empty(), plan())) {
            assertThat(bench.deploy()).isInstanceOf(DeployOutcome.RolledBack.class);
        }
        assertThat(fakes.shown()).isEmpty();
        assertThat(fakes.done()).containsExactly("prepare", "start", "undo start", "undo prepare", "serving");
    }

    @Test
    void aCancelledRunLeavesTheQuestionAndGoesBack() {
        fakes.failAs(FailureType.TARGET_UNAVAILABLE);
        fakes.fail("start", 1);
        try (DeployBench bench = new DeployBench(fakes, plan())) {
            bench.begin();
            bench.question(QuestionState.WAITING);
            bench.cancel();
            bench.waitUntil(() -> fakes.done().contains("serving"));
        }
        assertThat(fakes.done()).containsExactly("prepare", "start", "undo start", "undo prepare", "serving");
    }

    private static String[] afterTheStart() {
        return AFTER_THE_START.toArray(String[]::new);
    }

    private static DeployPlan plan() {
        return new DeployPlan(
                DeployFakes.planWithADetour(),
                NEW,
                Optional.of(OLD),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
