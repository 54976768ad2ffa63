package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.TaskQueues;
import dev.windlass.workflows.protect.ProtectOutcome;
import dev.windlass.workflows.protect.ProtectRequest;
import dev.windlass.workflows.protect.ProtectionStatus;
import dev.windlass.workflows.protect.WatchRequest;
import dev.windlass.workflows.recovery.BroughtBack;
import dev.windlass.workflows.recovery.RecoverDatabaseOutcome;
import dev.windlass.workflows.recovery.RecoverDatabaseRequest;
import dev.windlass.workflows.recovery.TableReference;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The worker is killed in the middle of each step of protect that runs pgBackRest: the run ends with a protected cluster. Then
 * in the middle of going back to a moment of it: the lost rows are there, and nothing is left of the cluster beside.
 */
@Tag("fault")
class ProtectSigkillTest {
    private static final ClusterName MAIN = new ClusterName("main");
    private static final String RUN = "fault-protect";
    private static final String BACK = "fault-back-to-a-moment";
    private static final TableReference FILES = new TableReference("app.files");
    private static final int PATIENCE_SECONDS = 300;

    @Test
    void goesOnWhereverTheWorkerWasKilled() throws Exception {
        try (Rig rig = Rig.start(List.of(Cluster.DATABASE), "")) {
            Path configurations = rig.directory.resolve("pgbackrest");
            Path passphrase = rig.directory.resolve("passphrase");
            Files.writeString(passphrase, "a passphrase of the repository");
            Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(
                    rig.directory.resolve("ops.yml"),
                    cluster(rig, configurations),
                    java.nio.file.StandardOpenOption.APPEND);
            rig.worker.kill();
            rig.worker.start();

            WorkflowStub run = rig.start(
                    "Protect",
                    RUN,
                    new ProtectRequest(
                            MAIN,
                            new TreeSet<>(List.of(ProtectRequest.RESTART)),
                            new Requester("test", Optional.empty())));
            for (String word : List.of("stanza-create", "check", "--type=full")) {
                killTheWorkerWhile(rig, "pgbackrest", word, RUN);
            }

            assertThat(run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ProtectOutcome.class))
                    .isInstanceOf(ProtectOutcome.Protected.class);
            assertThat(Processes.ofRun(RUN)).isEmpty();
            assertThat(configurations.toFile().list()).containsExactly("main.conf");
            assertThat(status(rig).findings()).isEmpty();
            assertThat(rig.start(
                                    "Protect",
                                    RUN + "-again",
                                    new ProtectRequest(MAIN, new TreeSet<>(), new Requester("test", Optional.empty())))
                            .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ProtectOutcome.class))
                    .isEqualTo(new ProtectOutcome.AlreadyProtected(MAIN));
            goBackToAMoment(rig);
        }
    }

    private static void goBackToAMoment(Rig rig) throws Exception {
        LossyShop shop = new LossyShop(rig);
        String files = shop.files(Cluster.DATABASE);
        Instant moment = Instant.now().truncatedTo(ChronoUnit.MICROS);
        shop.loseFiles(BACK);

        WorkflowStub run = rig.start(
                "RecoverDatabase",
                BACK,
                new RecoverDatabaseRequest(
                        new DatabaseName(Cluster.DATABASE),
                        Optional.empty(),
                        List.of(FILES),
                        Optional.empty(),
                        Optional.empty(),
                        new Requester("test", Optional.empty()),
                        Optional.of(moment)));
        // The cluster beside is up by now, and nobody's child.
        killTheWorkerWhile(rig, "pg_dump", "--format=custom", BACK);

        assertThat(run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, RecoverDatabaseOutcome.class))
                .isInstanceOfSatisfying(
                        RecoverDatabaseOutcome.RowsBack.class,
                        back -> assertThat(back.tables()).containsExactly(new BroughtBack(FILES, LossyShop.FILES, 0)));
        assertThat(shop.files(Cluster.DATABASE)).isEqualTo(files);
        assertThat(shop.isWritten(Cluster.DATABASE, BACK)).as("written since").isTrue();
        assertThat(shop.databasesLike("windlass-%")).isEmpty();
        assertThat(shop.databasesLike("shop_recovered_%")).isEmpty();
        assertThat(Processes.within(rig.scratch())).isEmpty();
        new Witness(rig).seesNothingLeftOf(BACK);
    }

    private static void killTheWorkerWhile(Rig rig, String program, String word, String run) throws Exception {
        List<Long> met = Processes.awaitProgram(program, word, run);
        // What nobody ends now would stay so, with pgBackRest's lock in its hands.
        Processes.signal("STOP", met);
        rig.worker.kill();
        rig.worker.start();
    }

    private static ProtectionStatus status(Rig rig) throws Exception {
        WorkflowStub look = rig.client.newUntypedWorkflowStub(
                "ProtectionStatus",
                WorkflowOptions.newBuilder()
                        .setWorkflowId("fault-status")
                        .setTaskQueue(TaskQueues.PLANNING)
                        .build());
        look.start(new WatchRequest(MAIN));
        return look.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, ProtectionStatus.class);
    }

    private static String cluster(Rig rig, Path configurations) {
        return """
                clusters:
                  main:
                    database: shop
                    data_directory: %1$s/data
                    owner: %2$s
                    socket: %1$s
                    stanza: killed
                    store: bucket
                    passphrase: file:%5$s/passphrase
                    configuration: %3$s/main.conf
                    full:
                      cron: "0 0 1 1 *"
                    differential:
                      cron: "0 0 1 1 *"
                    watch:
                      cron: "0 0 1 1 *"
                    restart: [%4$s]
                """.formatted(
                        rig.postgres.directory(),
                        Cluster.isRoot() ? "postgres" : System.getProperty("user.name"),
                        configurations,
                        String.join(", ", rig.postgres.restartWords()),
                        rig.directory);
    }
}
