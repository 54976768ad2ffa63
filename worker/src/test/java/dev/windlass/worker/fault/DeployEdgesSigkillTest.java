package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.deploy.DeployOutcome;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The worker or Temporal is killed right before and right after every step of deploys, rollbacks and ways back. What happens in
 * the middle of the steps stands in {@link DeploySigkillTest}.
 *
 * <p>WINDLASS_FAULT=quick runs the worker's waves; WINDLASS_FAULT_CASE=REGEX those that match.
 */
@Tag("fault")
class DeployEdgesSigkillTest {
    private static final int PATIENCE_SECONDS = 180;

    private static DeployRig rig;
    private static Map<String, Visitor> visitors;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = new DeployRig(DeployEdge.shops());
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
        visitors = rig.host.shops.stream().collect(Collectors.toMap(shop -> shop.name, Visitor::new));
    }

    @AfterAll
    static void endEverything() throws IOException {
        if (visitors != null) {
            visitors.values().forEach(Visitor::close);
        }
        rig.close();
    }

    enum Kind {
        DEPLOY,
        ROLLBACK,
        WAY_BACK
    }

    /** @param number of the wave, so that what it deploys is new */
    record Wave(int number, DeployVictim victim, Kind kind, List<DeployEdge> edges) {
        String version() {
            return "wave" + number;
        }

        @Override
        public String toString() {
            return (victim + " " + kind).toLowerCase(Locale.ROOT) + " " + edges;
        }
    }

    static Stream<Wave> waves() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        boolean isQuick = "quick".equals(System.getenv("WINDLASS_FAULT"));
        List<Wave> waves = new ArrayList<>();
        for (DeployVictim victim : List.of(DeployVictim.WORKER, DeployVictim.TEMPORAL)) {
            for (List<DeployEdge> edges : DeployEdge.FORTH) {
                waves.add(new Wave(waves.size(), victim, Kind.DEPLOY, edges));
                waves.add(new Wave(
                        waves.size(),
                        victim,
                        Kind.ROLLBACK,
                        edges.stream().filter(DeployEdge::isOfAStep).toList()));
            }
            waves.add(new Wave(waves.size(), victim, Kind.WAY_BACK, DeployEdge.BACK));
        }
        return waves.stream()
                .filter(wave -> !isQuick || wave.victim() == DeployVictim.WORKER)
                .filter(wave -> wanted.matcher(wave.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void eachRunEndsEntirelyNewOrEntirelyOld(Wave wave) throws Exception {
        long begun = System.nanoTime();
        List<TemporalGate.Hold> held = new ArrayList<>();
        List<Interrupted> all = new ArrayList<>();
        for (DeployEdge edge : wave.edges()) {
            Interrupted one = interrupted(wave, edge);
            held.add(rig.gate.hold(one.workflowId(), edge.activity(), edge.side()));
            all.add(one);
        }
        List<WorkflowStub> runs = all.stream()
                .map(each -> rig.deploy(each.workflowId(), each.shop(), each.version()))
                .toList();
        for (TemporalGate.Hold hold : held) {
            hold.awaitReached();
        }
        wave.victim().kill(rig, List.of());
        if (wave.victim() == DeployVictim.WORKER) {
            rig.gate.drop();
            wave.victim().bringBack(rig);
        } else {
            wave.victim().bringBack(rig);
            rig.gate.release();
        }
        for (int i = 0; i < all.size(); i++) {
            see(wave, all.get(i), runs.get(i));
        }
        seesNoFailure(all);
        System.out.printf(Locale.ROOT, "fault: %5.1f s  %s%n", (System.nanoTime() - begun) / 1e9, wave);
    }

    private record Interrupted(Shop shop, DeployWitness witness, String version, String workflowId) {}

    private static Interrupted interrupted(Wave wave, DeployEdge edge) throws Exception {
        Shop shop = rig.host.shop(edge.shop());
        DeployWitness witness = new DeployWitness(rig, shop);
        String version = wave.version();
        switch (wave.kind()) {
            case DEPLOY -> shop.build(version, 0);
            case ROLLBACK -> {
                version = shop.versionBefore();
                shop.forgetArtefacts();
            }
            case WAY_BACK -> {
                shop.build(version, 0);
                Files.createFile(shop.sign(version, "ill"));
            }
        }
        return new Interrupted(shop, witness, version, "fault-deploy-edge-" + wave.number() + "-" + shop.name + ".");
    }

    private static void see(Wave wave, Interrupted one, WorkflowStub run) throws Exception {
        DeployOutcome outcome = run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, DeployOutcome.class);
        if (wave.kind() == Kind.WAY_BACK) {
            assertThat(outcome).as(one.workflowId()).isInstanceOf(DeployOutcome.RolledBack.class);
            one.witness().seesEntirelyOld();
        } else {
            assertThat(outcome).as(one.workflowId()).isInstanceOf(DeployOutcome.Deployed.class);
            one.witness().seesEntirelyNew(one.version());
        }
        one.witness().seesNothingLeftOf(one.workflowId());
        one.witness().seesOneMessageOf(run.getExecution().getRunId());
    }

    private static void seesNoFailure(List<Interrupted> all) {
        all.stream().map(each -> each.shop().name).map(visitors::get).forEach(visitor -> {
            long count = visitor.answered();
            Eventually.holds(Duration.ofSeconds(30), "the shop answers", () -> visitor.answered() > count);
            assertThat(visitor.failures()).isEmpty();
        });
    }
}
