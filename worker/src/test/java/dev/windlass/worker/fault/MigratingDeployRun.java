package dev.windlass.worker.fault;

import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.fault.CommandLine.Said;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.DeployOutcome;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One {@code windlass deploy} of ana's, which ben approves, and what is seen of it afterwards. */
final class MigratingDeployRun {
    private static final Pattern STARTED = Pattern.compile("started (deploy-\\S+)");
    private static final int PATIENCE_SECONDS = 180;

    final Shop shop;
    final String version;
    private final DeployRig rig;
    private final DeployWitness witness;
    private final WorkflowStub run;
    private final List<Question> asked = new ArrayList<>();

    /** @param options such as {@code --migrate} */
    MigratingDeployRun(DeployRig rig, Shop shop, String version, String... options) throws Exception {
        this.rig = rig;
        this.shop = shop;
        this.version = version;
        this.witness = new DeployWitness(rig, shop);
        List<String> words = new ArrayList<>(List.of("deploy", shop.name, shop.environment, version));
        words.addAll(List.of("--key", rig.key("ana").toString()));
        words.addAll(List.of(options));
        Said started =
                new CommandLine(rig.directory.resolve("ops.yml"), rig.directory).run(words.toArray(String[]::new));
        assertThat(started.exitCode()).as(started.whole()).isZero();
        this.run = rig.client.newUntypedWorkflowStub(STARTED.matcher(started.out())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1));
    }

    String workflowId() {
        return run.getExecution().getWorkflowId();
    }

    void awaitQuestion() {
        Eventually.holds(
                Duration.ofSeconds(PATIENCE_SECONDS),
                workflowId() + " asks",
                () -> run.describe().getRawDescription().getPendingChildrenList().stream()
                        .map(child -> child.getWorkflowId())
                        .filter(child -> child.startsWith("approval/"))
                        .map(child -> new ApprovalId(child.substring("approval/".length())))
                        .flatMap(id -> new Decisions(rig.client, "cli").view(id).stream())
                        .findFirst()
                        .map(view -> asked.add(view.question()))
                        .orElse(false));
    }

    void approve() {
        assertThat(rig.decide(asked.getFirst(), Verdict.APPROVE)).isInstanceOf(Answer.Accepted.class);
    }

    DeployOutcome outcome() throws Exception {
        return run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, DeployOutcome.class);
    }

    void servesTheNew() throws Exception {
        assertThat(outcome()).as(workflowId()).isInstanceOf(DeployOutcome.Deployed.class);
        witness.seesEntirelyNew(version);
    }

    /** The expand migration stays, which is what its mark promises. */
    void servesTheOldOnTheNewSchema() throws Exception {
        assertThat(outcome())
                .as(workflowId())
                .isInstanceOfSatisfying(
                        DeployOutcome.RolledBack.class,
                        back -> assertThat(back.schema().applied()).containsExactly("0001_expand"));
        witness.seesEntirelyOld();
    }

    void neverStartsTheNew() throws Exception {
        assertThat(outcome()).as(workflowId()).isInstanceOf(DeployOutcome.NotMigrated.class);
        witness.seesNeverStarted();
    }

    /** One question, and one message of the end. */
    void asksAndTellsOnce() {
        assertThat(rig.client.fetchHistory(workflowId()).getEvents())
                .as("questions of " + workflowId())
                .filteredOn(event -> event.getEventType() == EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED
                        && event.getStartChildWorkflowExecutionInitiatedEventAttributes()
                                .getWorkflowId()
                                .startsWith("approval/"))
                .hasSize(1);
        String question = asked.getFirst().id().value();
        List<String> messages = rig.slack
                .get("/messages")
                .lines()
                .filter(line -> line.contains(workflowId()))
                .toList();
        assertThat(messages)
                .as("the question of " + workflowId())
                .filteredOn(line -> line.contains(question))
                .hasSize(1);
        assertThat(messages)
                .as("the end of " + workflowId())
                .filteredOn(line -> !line.contains(question))
                .hasSize(1);
        witness.seesNothingLeftOf(workflowId());
    }
}
