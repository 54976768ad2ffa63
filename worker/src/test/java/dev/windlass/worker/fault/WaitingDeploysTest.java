package dev.windlass.worker.fault;

import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED;
import static io.temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.fault.CommandLine.Said;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.deploy.DeployOutcome;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys that wait for people while something else changes: the worker's build, or the run itself by a reset in the UI. */
@Tag("integration")
@Timeout(180)
class WaitingDeploysTest {
    private static final Pattern STARTED = Pattern.compile("started (deploy-\\S+)");
    private static final Pattern APPROVAL = Pattern.compile("\\b(deploy-[0-9a-f]{8})\\b");
    private static final Pattern PARKED = Pattern.compile("\\b(park-[0-9a-f]{8})\\b");

    private static DeployRig rig;
    private static CommandLine windlass;
    private static Shop shop;
    private static Shop guarded;

    @BeforeAll
    static void start() throws Exception {
        rig = new DeployRig(List.of("shop", "guarded"));
        boolean isStarted = false;
        try {
            rig.start();
            shop = rig.host.shop("shop");
            guarded = rig.host.shop("guarded");
            windlass = new CommandLine(rig.directory.resolve("ops.yml"), rig.directory);
            rig.deploy("fault-deploy-first", shop, "v0").getResult(60, TimeUnit.SECONDS, DeployOutcome.class);
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    @AfterAll
    static void end() throws IOException {
        rig.close();
    }

    @Test
    void aWorkerOfAnotherBuildGoesOnWhereTheOldOneWaited() throws Exception {
        guarded.build("upgraded", 0);
        WorkflowStub run = askFor("upgraded");
        rig.worker.stop();
        Path other = rig.directory.resolve("other.jar");
        Files.copy(rig.workerJar(), other);
        try (FileSystem jar = FileSystems.newFileSystem(other)) {
            Files.writeString(jar.getPath("/META-INF/another-build"), "0.2.0\n", StandardCharsets.UTF_8);
        }
        Files.move(other, rig.workerJar(), StandardCopyOption.REPLACE_EXISTING);
        rig.worker.start();
        approve();

        assertThat(run.getResult(60, TimeUnit.SECONDS, DeployOutcome.class)).isInstanceOf(DeployOutcome.Deployed.class);
        assertThat(DeployRig.get(guarded.url("/api/version")).body()).contains("upgraded");
    }

    /** It takes its own lock over, plans again under it, and what was approved is not what would run. */
    @Test
    void aResetToBeforeTheLockLocksAndPlansAgain() throws Exception {
        guarded.build("reset", 0);
        Files.createDirectory(guarded.nextRecord());
        WorkflowStub run = askFor("reset");
        approve();
        String question = awaitQuestion(PARKED);
        Files.delete(guarded.nextRecord());

        WorkflowStub again = reset(run, WaitingDeploysTest::takesTheLock);

        assertThat(again.getResult(60, TimeUnit.SECONDS, DeployOutcome.class))
                .isInstanceOf(DeployOutcome.AlreadyServing.class);
        List<HistoryEvent> events = eventsOf(again);
        int locked = indexOf(
                events,
                event -> event.getEventType() == EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED
                        && event.getChildWorkflowExecutionStartedEventAttributes()
                                .getWorkflowExecution()
                                .getWorkflowId()
                                .startsWith("lock/"));
        assertThat(events.subList(locked, events.size()))
                .filteredOn(schedules("PlanDeploy"))
                .hasSize(1);
        assertThat(windlass.run("audit", "show", "--run", run.getExecution().getWorkflowId())
                        .out())
                .contains("the approval is void: ");
        seesLockFree(guarded);
        withdraw(question);
    }

    @Test
    void aResetToBeforeTheParkedStepKeepsItsLockToTheEnd() throws Exception {
        shop.build("v1", 0);
        Files.createDirectory(shop.nextRecord());
        DeployWitness witness = new DeployWitness(rig, shop);
        WorkflowStub run = rig.deploy("fault-deploy-parked", shop, "v1");
        String question = awaitQuestion(PARKED);

        WorkflowStub again = reset(run, schedules("RetireOldRelease"));
        Eventually.holds(
                Duration.ofSeconds(20),
                "the step is tried again",
                () -> eventsOf(again).stream().anyMatch(schedules("RetireOldRelease")));
        assertThat(statusOfLock(shop)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
        Files.delete(shop.nextRecord());

        assertThat(again.getResult(60, TimeUnit.SECONDS, DeployOutcome.class))
                .isInstanceOf(DeployOutcome.Deployed.class);
        witness.seesEntirelyNew("v1");
        witness.seesOneMessageOf(again.getExecution().getRunId());
        seesLockFree(shop);
        withdraw(question);
    }

    private static WorkflowStub askFor(String version) {
        Said started = windlass.run(
                "deploy", "guarded", "guarded", version, "--key", rig.key("ana").toString());
        assertThat(started.exitCode()).as(started.whole()).isZero();
        return rig.client.newUntypedWorkflowStub(STARTED.matcher(started.out())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1));
    }

    private static void approve() {
        Said approved = windlass.run(
                "approve", awaitQuestion(APPROVAL), "--key", rig.key("ben").toString());
        assertThat(approved.exitCode()).as(approved.whole()).isZero();
    }

    private static String awaitQuestion(Pattern id) {
        List<String> found = new ArrayList<>();
        Eventually.holds(Duration.ofSeconds(60), "a question " + id, () -> {
            id.matcher(windlass.run("approvals").out()).results().forEach(each -> found.add(each.group(1)));
            return !found.isEmpty();
        });
        return found.getFirst();
    }

    /** What the UI does: to the last task that was over before the event. */
    private static WorkflowStub reset(WorkflowStub run, Predicate<HistoryEvent> before) {
        long task = 0;
        for (HistoryEvent event : eventsOf(run)) {
            if (before.test(event)) {
                break;
            }
            task = event.getEventType() == EVENT_TYPE_WORKFLOW_TASK_COMPLETED ? event.getEventId() : task;
        }
        String id = run.getExecution().getWorkflowId();
        String newRun = rig.client
                .getWorkflowServiceStubs()
                .blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace("default")
                        .setWorkflowExecution(run.getExecution())
                        .setReason("somebody pressed Reset")
                        .setRequestId(UUID.randomUUID().toString())
                        .setWorkflowTaskFinishEventId(task)
                        .build())
                .getRunId();
        return rig.client.newUntypedWorkflowStub(id, Optional.of(newRun), Optional.empty());
    }

    private static boolean takesTheLock(HistoryEvent event) {
        return event.getEventType() == EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED
                && event.getStartChildWorkflowExecutionInitiatedEventAttributes()
                        .getWorkflowId()
                        .startsWith("lock/");
    }

    private static Predicate<HistoryEvent> schedules(String activity) {
        return event -> event.getEventType() == EVENT_TYPE_ACTIVITY_TASK_SCHEDULED
                && event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals(activity);
    }

    private static int indexOf(List<HistoryEvent> events, Predicate<HistoryEvent> wanted) {
        return events.indexOf(events.stream().filter(wanted).findFirst().orElseThrow());
    }

    private static List<HistoryEvent> eventsOf(WorkflowStub run) {
        return rig.client
                .fetchHistory(
                        run.getExecution().getWorkflowId(), run.getExecution().getRunId())
                .getEvents();
    }

    private static WorkflowExecutionStatus statusOfLock(Shop shop) {
        return rig.client
                .newUntypedWorkflowStub("lock/deploy/" + shop.name + "/" + shop.environment)
                .describe()
                .getStatus();
    }

    private static void seesLockFree(Shop shop) {
        Eventually.holds(
                Duration.ofSeconds(20),
                "the lock is free",
                () -> statusOfLock(shop) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }

    /** The question of the run before waits for nobody any more. */
    private static void withdraw(String question) {
        Said withdrawn = windlass.run("run", "cancel", "approval/" + question);
        assertThat(withdrawn.exitCode()).as(withdrawn.whole()).isZero();
        Eventually.holds(
                Duration.ofSeconds(60),
                question + " is listed no more",
                () -> !windlass.run("approvals").out().contains(question));
    }
}
