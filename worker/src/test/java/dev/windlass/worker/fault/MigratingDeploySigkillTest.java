package dev.windlass.worker.fault;

import static dev.windlass.worker.fault.MigratingCase.HALF;
import static dev.windlass.worker.fault.MigratingCase.ILL;
import static dev.windlass.worker.fault.MigratingCase.LOCK;
import static dev.windlass.worker.fault.MigratingCase.SWITCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.deploy.DeployOutcome;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed in the middle of a deploy that migrates first: what serves and the schema are the pair that was approved,
 * the old version on the expanded schema, or the old pair; people were asked once. WINDLASS_FAULT_CASE=REGEX runs the waves
 * that match.
 */
@Tag("fault")
class MigratingDeploySigkillTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static Path directory;
    private static Cluster postgres;
    private static DeployRig rig;
    private static final Map<MigratingCase, ShopDatabase> DATABASES = new EnumMap<>(MigratingCase.class);

    @BeforeAll
    static void startEverything() throws Exception {
        directory = Files.createTempDirectory("windlass-fault-migrating-");
        // The server's user passes through it.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        postgres = new Cluster(directory.resolve("postgres"));
        boolean isStarted = false;
        try {
            rig = new DeployRig(
                    Arrays.stream(MigratingCase.values())
                            .map(MigratingCase::app)
                            .toList(),
                    Arrays.stream(MigratingCase.values())
                            .map(each -> each.database() + ": {host: 127.0.0.1, port: " + postgres.port()
                                    + ", user: postgres, tools: " + postgres.tools() + "}")
                            .collect(Collectors.joining(", ", "{", "}")));
            for (MigratingCase each : MigratingCase.values()) {
                rig.host.shop(each.app()).database = each.database();
            }
            postgres.create();
            rig.start();
            for (MigratingCase each : MigratingCase.values()) {
                ShopDatabase database = new ShopDatabase(postgres, rig.host.shop(each.app()));
                database.create(each.moment().orElse(MigrateMoment.FIRST));
                DATABASES.put(each, database);
            }
            backUp();
            serveTheFirst();
            isStarted = true;
        } finally {
            if (!isStarted) {
                endEverything();
            }
        }
    }

    private static void backUp() {
        for (MigratingCase each : MigratingCase.values()) {
            WorkflowStub run = rig.client.newUntypedWorkflowStub(
                    "Backup",
                    WorkflowOptions.newBuilder()
                            .setWorkflowId("fault-backup-" + each.database())
                            .setTaskQueue(TaskQueues.RUNS)
                            .build());
            run.start(new BackupRequest(List.of(new DatabaseName(each.database())), "test"));
            run.getResult(BackupOutcome.class);
        }
    }

    private static void serveTheFirst() throws Exception {
        List<MigratingDeployRun> runs = new ArrayList<>();
        for (Shop shop : rig.host.shops) {
            runs.add(new MigratingDeployRun(rig, shop, "v0"));
        }
        for (MigratingDeployRun run : runs) {
            run.awaitQuestion();
            run.approve();
        }
        for (MigratingDeployRun run : runs) {
            assertThat(run.outcome()).isInstanceOf(DeployOutcome.Deployed.class);
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        if (rig != null) {
            rig.close();
        }
        postgres.close();
        Trees.delete(directory);
    }

    enum Victim {
        WORKER,
        TEMPORAL,
        POSTGRES;

        void kill() {
            switch (this) {
                case WORKER -> rig.worker.kill();
                case TEMPORAL -> rig.temporal.kill();
                case POSTGRES -> postgres.kill();
            }
        }

        /** What was on its way to Temporal when the worker died never came there. */
        void bringBack() throws IOException {
            switch (this) {
                case WORKER -> {
                    rig.gate.drop();
                    rig.worker.start();
                }
                case TEMPORAL -> {
                    rig.temporal.start();
                    rig.gate.release();
                }
                case POSTGRES -> postgres.start();
            }
        }
    }

    record Wave(Victim victim, List<MigratingCase> cases) {
        @Override
        public String toString() {
            return (victim + " " + cases).toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Wave> waves() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        return Stream.of(
                        new Wave(Victim.WORKER, List.of(LOCK, HALF, SWITCH, ILL)),
                        new Wave(Victim.TEMPORAL, List.of(LOCK, HALF, SWITCH, ILL)),
                        new Wave(Victim.POSTGRES, List.of(LOCK, HALF)))
                .filter(wave -> wanted.matcher(wave.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void whatServesAndTheSchemaSuitEachOther(Wave wave) throws Exception {
        long begun = System.nanoTime();
        Map<MigratingCase, MigratingDeployRun> runs = new EnumMap<>(MigratingCase.class);
        Map<MigratingCase, MigrateHold> holds = new EnumMap<>(MigratingCase.class);
        try {
            for (MigratingCase each : wave.cases()) {
                runs.put(each, start(each, wave.victim().name().toLowerCase(Locale.ROOT)));
                if (each.moment().isPresent()) {
                    holds.put(each, database(each).hold(each.moment().get()));
                }
            }
            approveAndHold(runs);
            Map<MigratingCase, Set<Integer>> waiting = awaitHeld(holds);
            wave.victim().kill();
            wave.victim().bringBack();
            if (wave.victim() == Victim.WORKER) {
                awaitEnded(holds, waiting);
            }
        } finally {
            holds.values().forEach(MigrateHold::close);
            rig.gate.release();
        }
        for (Map.Entry<MigratingCase, MigratingDeployRun> each : runs.entrySet()) {
            see(wave.victim(), each.getKey(), each.getValue());
        }
        System.out.printf(
                Locale.ROOT, "fault: %5.1f s  migrate and deploy %s%n", (System.nanoTime() - begun) / 1e9, wave);
    }

    private static MigratingDeployRun start(MigratingCase each, String version) throws Exception {
        Shop shop = rig.host.shop(each.app());
        database(each).reset();
        shop.build(version, 0);
        if (each == ILL) {
            Files.createFile(shop.sign(version, "ill"));
        }
        return new MigratingDeployRun(rig, shop, version, "--migrate");
    }

    private static void approveAndHold(Map<MigratingCase, MigratingDeployRun> runs) throws Exception {
        List<TemporalGate.Hold> held = new ArrayList<>();
        for (Map.Entry<MigratingCase, MigratingDeployRun> each : runs.entrySet()) {
            each.getValue().awaitQuestion();
            if (!each.getKey().activity().isEmpty()) {
                held.add(rig.gate.hold(
                        each.getValue().workflowId(), each.getKey().activity(), TemporalGate.Side.BEFORE));
            }
            each.getValue().approve();
        }
        for (TemporalGate.Hold hold : held) {
            hold.awaitReached();
        }
    }

    private static Map<MigratingCase, Set<Integer>> awaitHeld(Map<MigratingCase, MigrateHold> holds) {
        Map<MigratingCase, Set<Integer>> waiting = new HashMap<>();
        holds.forEach((each, hold) -> Eventually.holds(PATIENCE, each + " waits for its lock", () -> {
            Set<Integer> sessions = hold.waiting();
            waiting.put(each, sessions);
            return !sessions.isEmpty();
        }));
        return waiting;
    }

    private static void awaitEnded(Map<MigratingCase, MigrateHold> holds, Map<MigratingCase, Set<Integer>> waiting) {
        holds.forEach((each, hold) -> Eventually.holds(
                PATIENCE,
                "the session of " + each + " is ended",
                () -> Collections.disjoint(hold.waiting(), waiting.getOrDefault(each, Set.of()))));
    }

    private static ShopDatabase database(MigratingCase each) {
        return Objects.requireNonNull(DATABASES.get(each));
    }

    private static void see(Victim victim, MigratingCase each, MigratingDeployRun run) throws Exception {
        List<String> expanded = List.of("row expand", "index true", "record 0001_expand applied");
        switch (each) {
            case LOCK, SWITCH -> run.servesTheNew();
            case ILL -> run.servesTheOldOnTheNewSchema();
            case HALF -> {
                if (victim == Victim.TEMPORAL) {
                    run.servesTheNew();
                } else {
                    run.neverStartsTheNew();
                }
            }
        }
        assertThat(database(each).look())
                .as("database of " + each)
                .isEqualTo(each == HALF && victim != Victim.TEMPORAL ? List.of() : expanded);
        run.asksAndTellsOnce();
    }
}
