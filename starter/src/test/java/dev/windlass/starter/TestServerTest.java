package dev.windlass.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ServerLostException;
import dev.windlass.starter.runs.TemporalConnection;
import dev.windlass.starter.runs.TemporalRuns;
import dev.windlass.workflows.kernel.ClearPayloads;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.RunAttributes;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real client against the SDK's test server and a worker that pretends. */
class TestServerTest {
    private final CountDownLatch seen = new CountDownLatch(1);
    private TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                    .setDataConverter(PayloadJson.dataConverter())
                    .build())
            .registerSearchAttribute(
                    RunAttributes.STAGE.getName(), io.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
            .build());

    @BeforeEach
    void startTheWorker() {
        PretendingWorker.register(server.getWorkerFactory(), phase -> {
            Activity.getExecutionContext().heartbeat(new Progress(phase, 5, Optional.of(10L), "tables", "app.users"));
            if (phase.equals("dump")) {
                // Held until the command line has shown it.
                awaitSeen();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void awaitSeen() {
        try {
            seen.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Typed typed() {
        Typed typed = new Typed(new TemporalRuns(server.getWorkflowClient(), "the test server", Clock.systemUTC()));
        typed.patience = new RealPatience();
        return typed;
    }

    @Test
    void followsARunByItsHeartbeatsToItsOutcome() {
        Typed typed = typed();
        typed.whenPrinted("step dump/shop", "dump 50 %, 5 tables of 10 tables (app.users)", seen::countDown);

        assertThat(typed.type("backup", "run", "--wait")).as(typed.err()).isZero();

        assertThat(typed.err()).contains("step dump/shop\n", "dump 50 %, 5 tables of 10 tables (app.users)\n");
        assertThat(typed.out()).startsWith("set 20261124T030000Z-1f3a09bc proven, 98.8 MB, in 3 min 20 s\n");
    }

    @Test
    void aRunThatFailsEndsWithItsOwnWordsAndCode() {
        seen.countDown();
        Typed typed = typed();

        assertThat(typed.type("backup", "run", "--database", "blog", "--wait")).isEqualTo(7);

        assertThat(typed.err()).endsWith("""
                error: database blog restored from set 20261124T030000Z-1f3a09bc has 1 difference
                hint: keep the set, and look at the differences: windlass backup show 20261124T030000Z-1f3a09bc
                see: runbooks/backup.md#restore-differs
                run: backup-20261124T061000Z
                """);
    }

    @Test
    void asksTheWorkerForTheSets() {
        Typed typed = typed();

        assertThat(typed.type("backup", "list")).isZero();

        assertThat(typed.out()).startsWith("last proven: 3 h ago (20261124T030000Z-1f3a09bc)\n");
    }

    @Test
    void knowsThatARunDoesNotExist() {
        Typed typed = typed();

        assertThat(typed.type("run", "show", "nope")).isEqualTo(4);

        assertThat(typed.err()).isEqualTo("""
                error: no run nope on the test server, namespace default
                hint: list the runs that the server still keeps: windlass runs
                see: windlass help connection
                """.replace("namespace default", "namespace " + server.getNamespace()));
    }

    @Test
    void aServerThatIsNotThereIsToldAtOnce() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        ServerLostException lost = catchThrowableOfType(
                ServerLostException.class,
                () -> TemporalConnection.open(
                        TemporalConnection.Wish.NONE,
                        Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port),
                        () -> TemporalConnection.Wish.NONE,
                        Clock.systemUTC()));

        assertThat(lost.complaint().exitCode()).isEqualTo(6);
        assertThat(lost.complaint().text())
                .isEqualTo("Temporal at 127.0.0.1:" + port + " does not answer: connection refused\n"
                        + "hint: start it (bin/temporal-server start, or docker compose -f docker-compose.temporal.yml up"
                        + " -d), or name another with --temporal-address or TEMPORAL_ADDRESS\n"
                        + "see: windlass help connection");
    }

    @Test
    void anAddressWithoutAPortIsRefused() {
        Complaint refused = catchThrowableOfType(
                Complaint.class,
                () -> TemporalConnection.open(
                        new TemporalConnection.Wish(Optional.of("localhost"), Optional.empty(), ClearPayloads.REFUSED),
                        Map.of(),
                        () -> TemporalConnection.Wish.NONE,
                        Clock.systemUTC()));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.text()).isEqualTo("""
                Temporal address "localhost" is not HOST:PORT
                hint: write it like 127.0.0.1:7233
                see: windlass help connection""");
    }
}
