package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.deploy.DeployOutcome;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed in the middle of the steps of deploys and rollbacks: each ends by itself, entirely new or entirely old, and nobody who
 * visits the shop notices. Several shops at once, each held at another moment, and then one SIGKILL. Between the steps:
 * {@link DeployEdgesSigkillTest}.
 *
 * <p>WINDLASS_FAULT=quick runs the worker's waves; WINDLASS_FAULT_CASE=REGEX those that match.
 */
@Tag("fault")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploySigkillTest {
    private static final int PATIENCE_SECONDS = 150;

    /** A worker does four things at once, and what it holds must be held at the same time. */
    private static final List<List<DeployMoment>> WAVES = List.of(
            List.of(DeployMoment.PREPARE, DeployMoment.START, DeployMoment.HEALTH, DeployMoment.SWITCH),
            List.of(DeployMoment.SWITCHED, DeployMoment.DRAIN, DeployMoment.WATCH, DeployMoment.RETIRE),
            List.of(DeployMoment.STARTED, DeployMoment.UNDO_START, DeployMoment.UNDO_SWITCH));

    private static DeployRig rig;
    private static Map<String, Visitor> visitors;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = new DeployRig(
                Arrays.stream(DeployMoment.values()).map(DeployMoment::app).toList());
        boolean isStarted = false;
        try {
            rig.start();
            rig.deployEverywhereTwice();
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
        visitors = new LinkedHashMap<>();
        rig.host.shops.forEach(shop -> visitors.put(shop.name, new Visitor(shop)));
    }

    @AfterAll
    static void endEverything() throws IOException {
        if (visitors != null) {
            visitors.values().forEach(Visitor::close);
        }
        rig.close();
    }

    /** @param isRollback to what is on the disk, instead of a deploy of something new */
    record Wave(DeployVictim victim, boolean isRollback, List<DeployMoment> moments) {
        boolean has(DeployMoment moment) {
            return (!isRollback || moment.isOfRollback()) && (victim != DeployVictim.COMMAND || moment.hasCommand());
        }

        @Override
        public String toString() {
            return (victim + (isRollback ? " rollback " : " deploy ") + moments).toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Wave> waves() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        boolean isQuick = "quick".equals(System.getenv("WINDLASS_FAULT"));
        return Stream.of(DeployVictim.values())
                .filter(victim -> !isQuick || victim == DeployVictim.WORKER)
                .flatMap(victim -> WAVES.stream()
                        .flatMap(moments -> Stream.of(false, true)
                                .map(isRollback -> new Wave(victim, isRollback, moments))
                                .map(DeploySigkillTest::possible)))
                .filter(wave -> wanted.matcher(wave.toString()).find());
    }

    private static Wave possible(Wave wave) {
        return new Wave(
                wave.victim(),
                wave.isRollback(),
                wave.moments().stream().filter(wave::has).toList());
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void eachDeployEndsEntirelyNewOrEntirelyOld(Wave wave) throws Exception {
        long begun = System.nanoTime();
        List<HeldDeploy> deploys = new ArrayList<>();
        List<DeployWitness> witnesses = new ArrayList<>();
        for (DeployMoment moment : wave.moments()) {
            witnesses.add(new DeployWitness(rig, rig.host.shop(moment.app())));
            deploys.add(new HeldDeploy(rig, moment, wave.victim().word(), wave.isRollback()));
        }
        List<WorkflowStub> runs = holdAll(deploys);
        wave.victim().kill(rig, deploys);
        if (wave.victim() == DeployVictim.TEMPORAL) {
            wave.victim().bringBack(rig);
        }
        for (HeldDeploy deploy : deploys) {
            deploy.release(wave.victim());
        }
        if (wave.victim() == DeployVictim.WORKER) {
            wave.victim().bringBack(rig);
        }
        for (int i = 0; i < deploys.size(); i++) {
            see(deploys.get(i), witnesses.get(i), runs.get(i));
        }
        seesNoFailure();
        System.out.printf(Locale.ROOT, "fault: %5.1f s  %s%n", (System.nanoTime() - begun) / 1e9, wave);
    }

    /** All at once: each has its own moment to be caught at. */
    private static List<WorkflowStub> holdAll(List<HeldDeploy> deploys) throws Exception {
        for (HeldDeploy deploy : deploys) {
            deploy.arm();
        }
        try (ExecutorService watchers = Executors.newFixedThreadPool(deploys.size())) {
            List<Callable<WorkflowStub>> held = deploys.stream()
                    .<Callable<WorkflowStub>>map(deploy -> () -> {
                        WorkflowStub run = rig.deploy(deploy.workflowId, deploy.shop, deploy.version);
                        deploy.await();
                        return run;
                    })
                    .toList();
            List<WorkflowStub> runs = new ArrayList<>();
            for (Future<WorkflowStub> each : watchers.invokeAll(held)) {
                runs.add(each.get());
            }
            return runs;
        }
    }

    private static void see(HeldDeploy deploy, DeployWitness witness, WorkflowStub run) throws Exception {
        DeployOutcome outcome = run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, DeployOutcome.class);
        if (deploy.moment.endsWithTheOld()) {
            assertThat(outcome).as(deploy.workflowId).isInstanceOf(DeployOutcome.RolledBack.class);
            witness.seesEntirelyOld();
        } else {
            assertThat(outcome).as(deploy.workflowId).isInstanceOf(DeployOutcome.Deployed.class);
            witness.seesEntirelyNew(deploy.version);
        }
        witness.seesNothingLeftOf(deploy.workflowId);
        witness.seesOneMessageOf(run.getExecution().getRunId());
    }

    private static void seesNoFailure() {
        visitors.forEach((shop, visitor) -> {
            long count = visitor.answered();
            Eventually.holds(Duration.ofSeconds(30), shop + " answers", () -> visitor.answered() > count);
            assertThat(visitor.failures()).as("failures of " + shop).isEmpty();
        });
    }

    /** Last, since it leaves old versions running. */
    @Test
    @Order(2)
    void aParkedRunWaitsForItsDecisionWhateverHappensToTheWorker() throws Exception {
        List<Parked> parked = List.of(
                park(Verdict.RETRY, DeployMoment.START),
                park(Verdict.SKIP, DeployMoment.HEALTH),
                park(Verdict.ABORT, DeployMoment.SWITCH));
        List<Question> questions =
                parked.stream().map(each -> questionOf(each.run())).toList();

        DeployVictim.WORKER.kill(rig, List.of());
        DeployVictim.WORKER.bringBack(rig);
        Files.delete(parked.getFirst().shop().nextRecord());
        for (int i = 0; i < parked.size(); i++) {
            assertThat(rig.decide(questions.get(i), parked.get(i).verdict())).isInstanceOf(Answer.Accepted.class);
        }

        for (Parked each : parked) {
            if (each.verdict() == Verdict.ABORT) {
                assertThatThrownBy(() -> each.run().getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, DeployOutcome.class))
                        .isInstanceOf(WorkflowFailedException.class);
            } else {
                assertThat(each.run().getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, DeployOutcome.class))
                        .isInstanceOf(DeployOutcome.Deployed.class);
            }
            if (each.verdict() == Verdict.RETRY) {
                each.witness().seesEntirelyNew("parked");
            } else {
                each.witness().seesNewBesideTheOld("parked");
            }
            each.witness().seesOneMessageOf(each.run().getExecution().getRunId());
            each.witness().seesNothingLeftOf(each.run().getExecution().getWorkflowId());
        }
        seesNoFailure();
    }

    private record Parked(Verdict verdict, Shop shop, DeployWitness witness, WorkflowStub run) {}

    /** The record cannot be written, and so the old version is not stopped. */
    private static Parked park(Verdict verdict, DeployMoment moment) throws Exception {
        Shop shop = rig.host.shop(moment.app());
        DeployWitness witness = new DeployWitness(rig, shop);
        shop.build("parked", 0);
        Files.createDirectory(shop.nextRecord());
        return new Parked(verdict, shop, witness, rig.deploy("fault-deploy-parked-" + shop.name, shop, "parked"));
    }

    private static Question questionOf(WorkflowStub run) {
        List<Question> found = new ArrayList<>();
        Eventually.holds(
                Duration.ofSeconds(60),
                run.getExecution().getWorkflowId() + " is parked",
                () -> run.describe().getRawDescription().getPendingChildrenList().stream()
                        .map(child -> new ApprovalId(child.getWorkflowId().substring("approval/".length())))
                        .flatMap(id -> new Decisions(rig.client, "cli").view(id).stream())
                        .findFirst()
                        .map(view -> found.add(view.question()))
                        .orElse(false));
        return found.getFirst();
    }
}
