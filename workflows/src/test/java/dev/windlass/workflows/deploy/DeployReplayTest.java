package dev.windlass.workflows.deploy;

import static dev.windlass.workflows.deploy.DeployFakes.BEN;
import static dev.windlass.workflows.deploy.DeployFakes.NEW;
import static dev.windlass.workflows.deploy.DeployFakes.OLD;
import static dev.windlass.workflows.deploy.DeployFakes.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.workflows.approvals.QuestionState;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PersonName;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Deploys of every release go on under today's code: one that waits for approval, one that is parked, one that deployed,
 * one that went back. The replay test of all runbooks replays them too, from every place where they waited. Each release
 * adds a folder, kept by {@link #keepTheHistoriesOfARelease}, and none is ever changed.
 */
class DeployReplayTest {
    static List<Path> histories() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(DeployReplayTest.class.getResource("/histories"))
                .toURI());
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.getFileName().toString().startsWith("deploy-"))
                    .toList();
        }
    }

    @Test
    void thereIsAHistoryOfEveryPlaceToWaitAndEveryEnd() throws IOException, URISyntaxException {
        assertThat(histories().stream().map(file -> file.getFileName().toString()))
                .contains(
                        "deploy-waiting.json",
                        "deploy-parked.json",
                        "deploy-parked-at-start.json",
                        "deploy-deployed.json",
                        "deploy-deployed-by-docker.json",
                        "deploy-rolled-back.json");
    }

    @ParameterizedTest
    @MethodSource("histories")
    void replaysUnderTodaysCode(Path history) throws Exception {
        replay(history, DeployWorkflowImpl.class);
    }

    @ParameterizedTest
    @MethodSource("histories")
    void aChangeThatBreaksRunningDeploysIsFound(Path history) {
        assertThatThrownBy(() -> replay(history, SleepsFirst.class)).isInstanceOf(Exception.class);
    }

    /** Today's deploy with a timer in front. */
    public static final class SleepsFirst implements DeployWorkflow {
        private final DeployWorkflow today = new DeployWorkflowImpl();

        @Override
        public DeployOutcome run(DeployRequest request) {
            Workflow.sleep(Duration.ofSeconds(1));
            return today.run(request);
        }
    }

    @Test
    void keepTheHistoriesOfARelease(@TempDir Path nowhere) throws IOException {
        Path folder =
                Files.createDirectories(Path.of(System.getProperty("windlass.keep-histories", nowhere.toString())));
        DeployPlan asked = new DeployPlan(
                plan(NEW, OLD, "1 h"),
                NEW,
                Optional.of(OLD),
                Optional.of(DeployFakes.policy(Duration.ofDays(7))),
                Optional.of(new PersonName("ana")),
                Optional.empty());
        try (DeployBench bench = new DeployBench(new DeployFakes(), asked)) {
            bench.begin();
            var question = bench.question(QuestionState.WAITING);
            keep(bench, folder.resolve("deploy-waiting.json"));
            bench.decide(question, BEN, Verdict.APPROVE);
            bench.outcome();
            keep(bench, folder.resolve("deploy-deployed.json"));
        }
        DeployFakes parked = new DeployFakes();
        parked.findUnhealthy(DeploySteps.WATCH, "too slow");
        parked.fail("undo switch", 1);
        DeployPlan unasked = new DeployPlan(
                plan(NEW, OLD, "1 h"), NEW, Optional.of(OLD), Optional.empty(), Optional.empty(), Optional.empty());
        try (DeployBench bench = new DeployBench(parked, unasked)) {
            bench.begin();
            var question = bench.question(QuestionState.WAITING);
            keep(bench, folder.resolve("deploy-parked.json"));
            bench.decide(question, BEN, Verdict.RETRY);
            bench.outcome();
            keep(bench, folder.resolve("deploy-rolled-back.json"));
        }
        DeployFakes away = new DeployFakes();
        away.failAs(FailureType.TARGET_UNAVAILABLE);
        away.fail("start", 1);
        DeployPlan byAnother = new DeployPlan(
                DeployFakes.planWithADetour(),
                NEW,
                Optional.of(OLD),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        try (DeployBench bench = new DeployBench(away, byAnother)) {
            bench.begin();
            var question = bench.question(QuestionState.WAITING);
            keep(bench, folder.resolve("deploy-parked-at-start.json"));
            bench.decide(question, BEN, Verdict.SKIP);
            bench.outcome();
            keep(bench, folder.resolve("deploy-deployed-by-docker.json"));
        }
    }

    private static void keep(DeployBench bench, Path file) throws IOException {
        Files.writeString(file, bench.history() + "\n");
    }

    private static void replay(Path file, Class<? extends DeployWorkflow> deploy) throws Exception {
        TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.dataConverter())
                        .build())
                .build());
        try {
            Worker worker = temporal.newWorker("replay");
            worker.registerWorkflowImplementationTypes(deploy);
            WorkflowReplayer.replayWorkflowExecution(WorkflowExecutionHistory.fromJson(Files.readString(file)), worker);
        } finally {
            temporal.close();
        }
    }
}
