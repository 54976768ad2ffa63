package dev.windlass.workflows.approvals;

import static dev.windlass.workflows.approvals.SampleQuestions.ANA;
import static dev.windlass.workflows.approvals.SampleQuestions.BEN;
import static dev.windlass.workflows.approvals.SampleQuestions.ID;
import static dev.windlass.workflows.approvals.SampleQuestions.decision;
import static dev.windlass.workflows.approvals.SampleQuestions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Questions of every release go on under today's code: one that waits with an answer of two, one that was approved, one
 * that expired. Each release adds a folder, kept by {@link #keepTheHistoriesOfARelease}, and none is ever changed.
 */
class QuestionReplayTest {
    static List<Path> histories() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(QuestionReplayTest.class.getResource("/approval-histories"))
                .toURI());
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    @Test
    void thereIsAHistoryOfEveryKindOfEnd() throws IOException, URISyntaxException {
        assertThat(histories().stream().map(file -> file.getFileName().toString()))
                .contains("waiting.json", "approved.json", "expired.json");
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replaysUnderTodaysCode(Path history) throws Exception {
        replay(history, QuestionWorkflowImpl.class);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void aChangeThatBreaksWaitingQuestionsIsFound(Path history) {
        assertThatThrownBy(() -> replay(history, SleepsFirst.class)).isInstanceOf(Exception.class);
    }

    /** Today's question with a timer in front. */
    public static final class SleepsFirst implements QuestionWorkflow {
        private final QuestionWorkflow today;

        @WorkflowInit
        public SleepsFirst(Question question) {
            today = new QuestionWorkflowImpl(question);
        }

        @Override
        public Closing ask(Question question) {
            Workflow.sleep(Duration.ofSeconds(1));
            return today.ask(question);
        }

        @Override
        public Answer decide(Decision decision) {
            return today.decide(decision);
        }

        @Override
        public void requireSensible(Decision decision) {
            today.requireSensible(decision);
        }

        @Override
        public QuestionView view() {
            return today.view();
        }
    }

    @Test
    void keepTheHistoriesOfARelease(@TempDir Path nowhere) throws IOException {
        Path folder =
                Files.createDirectories(Path.of(System.getProperty("windlass.keep-histories", nowhere.toString())));
        Question two = question(QuestionKind.APPROVAL, 2, Duration.ofHours(24));
        try (AskingRig rig = new AskingRig()) {
            WorkflowStub run = rig.ask(two);
            rig.answer(decision(ANA, Verdict.APPROVE));
            AskingRig.await(() -> rig.log.size() == 2 && rig.board.shown.size() >= 2);
            keep(rig, folder.resolve("waiting.json"));
            rig.answer(decision(BEN, Verdict.APPROVE));
            run.getResult(Closing.class);
            keep(rig, folder.resolve("approved.json"));
        }
        try (AskingRig rig = new AskingRig()) {
            WorkflowStub run = rig.ask(question());
            rig.temporal.sleep(Duration.ofHours(25));
            run.getResult(Closing.class);
            keep(rig, folder.resolve("expired.json"));
        }
    }

    private static void keep(AskingRig rig, Path file) throws IOException {
        Files.writeString(
                file,
                rig.temporal.getWorkflowClient().fetchHistory(ID.workflowId()).toJson(true) + "\n");
    }

    private static void replay(Path file, Class<? extends QuestionWorkflow> question) throws Exception {
        TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(AskingRig.environment());
        try {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(question);
            WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(Files.readString(file)), worker);
        } finally {
            temporal.close();
        }
    }
}
