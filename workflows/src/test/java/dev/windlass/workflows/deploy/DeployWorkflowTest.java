package dev.windlass.workflows.deploy;

import static dev.windlass.workflows.deploy.DeployFakes.ANA;
import static dev.windlass.workflows.deploy.DeployFakes.BEN;
import static dev.windlass.workflows.deploy.DeployFakes.NEW;
import static dev.windlass.workflows.deploy.DeployFakes.OLD;
import static dev.windlass.workflows.deploy.DeployFakes.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.QuestionView;
import dev.windlass.workflows.approvals.Refusal;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.PersonName;
import io.temporal.client.WorkflowFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("workflow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeployWorkflowTest {
    private static final List<String> MAIN_LINE =
            List.of("prepare", "start", "health", "switch", "drain", "watch", "retire");

    private final DeployFakes fakes = new DeployFakes();

    @Test
    void deploysWithoutAskingWhereNobodyHasToApprove() {
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            assertThat(bench.deploy()).isInstanceOfSatisfying(DeployOutcome.Deployed.class, deployed -> {
                assertThat(deployed.release()).isEqualTo(NEW);
                assertThat(deployed.before()).contains(OLD);
            });
        }
        assertThat(fakes.done()).isEqualTo(MAIN_LINE);
        assertThat(fakes.headlines()).singleElement().asString().startsWith("shop prod serves v2 instead of v1, in ");
        assertThat(fakes.audit()).containsExactly("STARTED ana@laptop deploy", "ENDED windlass deploy");
    }

    @Test
    void changesNothingWhenTheVersionServesAlready() {
        DeployPlan same = new DeployPlan(
                plan(NEW, NEW, "1 h"), NEW, Optional.of(NEW), Optional.empty(), Optional.empty(), Optional.empty());
        try (DeployBench bench = new DeployBench(fakes, same)) {
            assertThat(bench.deploy()).isEqualTo(new DeployOutcome.AlreadyServing(NEW));
        }
        assertThat(fakes.done()).isEmpty();
    }

    @Test
    void changesNothingBeforeItIsApproved() {
        try (DeployBench bench = new DeployBench(fakes, asked(NEW, "1 h"))) {
            bench.begin();
            Question question = bench.question(QuestionState.WAITING);
            assertThat(fakes.done()).isEmpty();

            assertThat(bench.decide(question, ANA, Verdict.APPROVE)).isInstanceOf(Answer.Refused.class);
            assertThat(fakes.done()).isEmpty();
            assertThat(bench.decide(question, BEN, Verdict.APPROVE)).isInstanceOf(Answer.Accepted.class);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.done()).isEqualTo(MAIN_LINE);
    }

    @Test
    void endsWithoutAChangeWhenItIsRejected() {
        try (DeployBench bench = new DeployBench(fakes, asked(NEW, "1 h"))) {
            bench.begin();
            bench.decide(bench.question(QuestionState.WAITING), BEN, Verdict.REJECT);
            assertThat(bench.outcome()).isInstanceOfSatisfying(DeployOutcome.NotApproved.class, not -> {
                assertThat(not.state()).isEqualTo(QuestionState.REJECTED);
                assertThat(not.reason()).isEqualTo("ben rejected it: because");
            });
        }
        assertThat(fakes.done()).isEmpty();
    }

    @Test
    void aChangeOfWhatWouldRunVoidsTheApprovalAndAsksAgain() {
        Release other = DeployFakes.release("v2", "3");
        try (DeployBench bench = new DeployBench(fakes, asked(NEW, "1 h"), asked(other, "1 h"))) {
            bench.begin();
            Question first = bench.question(QuestionState.WAITING);
            bench.decide(first, BEN, Verdict.APPROVE);

            Question second = bench.questionAfter(first);
            assertThat(second.digest()).isNotEqualTo(first.digest());
            assertThat(fakes.done()).isEmpty();
            bench.waitUntil(() -> fakes.shown().stream()
                    .filter(view -> view.question().id().equals(first.id()))
                    .anyMatch(view -> view.state() == QuestionState.VOID));
            assertThat(bench.decide(first, BEN, Verdict.APPROVE)).isInstanceOf(Answer.Refused.class);

            assertThat(bench.decide(second, BEN, Verdict.APPROVE)).isInstanceOf(Answer.Accepted.class);
            // The in-JVM server never tells a run that the second child under one id was cancelled, so it does not end.
            bench.waitUntil(() -> fakes.done().equals(MAIN_LINE));
        }
        assertThat(fakes.prepared()).containsExactly(other);
    }

    @Test
    void aNewerBackupVoidsNothing() {
        try (DeployBench bench = new DeployBench(fakes, asked(NEW, "23 h"), asked(NEW, "1 min"))) {
            bench.begin();
            bench.decide(bench.question(QuestionState.WAITING), BEN, Verdict.APPROVE);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.shown()).extracting(QuestionView::state).doesNotContain(QuestionState.VOID);
    }

    @Test
    void neverSwitchesToAVersionThatIsNotHealthy() {
        fakes.findUnhealthy(DeploySteps.HEALTH, "status 503, not 200");
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            assertThat(bench.deploy()).isInstanceOfSatisfying(DeployOutcome.RolledBack.class, back -> {
                assertThat(back.reason()).isEqualTo("status 503, not 200");
                assertThat(back.serving()).contains(OLD);
            });
        }
        assertThat(fakes.done()).containsExactly("prepare", "start", "health", "undo start", "undo prepare", "serving");
        assertThat(fakes.headlines())
                .singleElement()
                .asString()
                .matches("deploy of v2 to shop prod rolled back in .*: status 503, not 200");
    }

    @Test
    void goesBackWhenTheNewVersionRegressesUnderTraffic() {
        fakes.findUnhealthy(DeploySteps.WATCH, "4.20 % failed, at most 1 %");
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            assertThat(bench.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.RolledBack.class,
                            back -> assertThat(back.reason()).isEqualTo("4.20 % failed, at most 1 %"));
        }
        assertThat(fakes.done())
                .endsWith("watch", "undo switch", "undo start", "undo prepare", "serving")
                .doesNotContain("retire");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "start", "health", "switch", "drain", "watch"})
    void goesBackWhateverStepFailsForGood(String step) {
        fakes.fail(step, 1);
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            assertThat(bench.deploy())
                    .isInstanceOfSatisfying(
                            DeployOutcome.RolledBack.class,
                            back -> assertThat(back.reason()).isEqualTo(step + " is broken (hint: mend it)"));
        }
        List<String> before = MAIN_LINE.subList(0, MAIN_LINE.indexOf(step) + 1);
        List<String> undone = Stream.of("switch", "start", "prepare")
                .filter(before::contains)
                .map(each -> "undo " + each)
                .toList();
        assertThat(fakes.done())
                .isEqualTo(Stream.of(before, undone, List.of("serving"))
                        .flatMap(List::stream)
                        .toList());
        assertThat(fakes.headlines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "SKIP", "ABORT"})
    void anUndoThatFailsWaitsForAPerson(String answer) {
        fakes.findUnhealthy(DeploySteps.WATCH, "too slow");
        fakes.fail("undo switch", 1);
        Verdict verdict = Verdict.valueOf(answer);
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            bench.begin();
            Question question = bench.question(QuestionState.WAITING);
            assertThat(question.subject()).isEqualTo("undoing: Do switch failed: undo switch is broken");
            bench.decide(question, BEN, verdict);
            if (verdict == Verdict.ABORT) {
                assertThatThrownBy(bench::outcome).isInstanceOf(WorkflowFailedException.class);
            } else {
                assertThat(bench.outcome()).isInstanceOf(DeployOutcome.RolledBack.class);
            }
        }
        List<String> after = fakes.done()
                .subList(fakes.done().indexOf("watch") + 1, fakes.done().size());
        assertThat(after)
                .isEqualTo(
                        switch (verdict) {
                            case RETRY ->
                                List.of("undo switch", "undo switch", "undo start", "undo prepare", "serving");
                            case SKIP -> List.of("undo switch", "undo start", "undo prepare", "serving");
                            default -> List.of("undo switch");
                        });
        assertThat(fakes.headlines()).hasSize(1);
    }

    @Test
    void aNewVersionThatServesIsKeptThoughTheOldOneCannotBeStopped() {
        fakes.fail("retire", 1);
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            bench.begin();
            bench.decide(bench.question(QuestionState.WAITING), BEN, Verdict.SKIP);
            assertThat(bench.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
        assertThat(fakes.done()).isEqualTo(MAIN_LINE);
    }

    @Test
    void aCancelledDeployGoesBackToo() {
        fakes.hold("watch", new CountDownLatch(1));
        try (DeployBench bench = new DeployBench(fakes, unasked(NEW, "1 h"))) {
            bench.begin();
            bench.waitUntil(() -> fakes.done().contains("watch"));
            bench.cancel();
            assertThatThrownBy(bench::outcome).isInstanceOf(WorkflowFailedException.class);
        }
        assertThat(fakes.done()).endsWith("watch", "undo switch", "undo start", "undo prepare", "serving");
        assertThat(fakes.headlines()).containsExactly("deploy of v2 to shop prod failed: the run was cancelled");
    }

    @Test
    void anAnswerWithoutAGenuineSignatureDecidesNothing() {
        try (DeployBench bench = new DeployBench(fakes, asked(NEW, "1 h"))) {
            bench.begin();
            Question question = bench.question(QuestionState.WAITING);
            assertThat(bench.decide(question, BEN, Verdict.APPROVE, "forged"))
                    .isEqualTo(new Answer.Refused(Refusal.BAD_EVIDENCE, ""));
            assertThat(fakes.done()).isEmpty();
            // Who is refused does not wait for the audit log.
            bench.waitUntil(() -> fakes.audit().stream().anyMatch(line -> line.startsWith("REFUSED")));
        }
    }

    private static DeployPlan unasked(Release release, String age) {
        return new DeployPlan(
                plan(release, OLD, age),
                release,
                Optional.of(OLD),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static DeployPlan asked(Release release, String age) {
        return new DeployPlan(
                plan(release, OLD, age),
                release,
                Optional.of(OLD),
                Optional.of(DeployFakes.policy(Duration.ofDays(8))),
                Optional.of(new PersonName("ana")),
                Optional.empty());
    }
}
