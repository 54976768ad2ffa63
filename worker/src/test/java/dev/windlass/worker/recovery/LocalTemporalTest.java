package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.worker.testing.DevServer;
import dev.windlass.workflows.kernel.TaskQueues;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
@Timeout(120)
class LocalTemporalTest {
    @TempDir
    Path directory;

    @Test
    void keepsItsRunsOverAKillAndIsUsedAgainWhenItLives() throws IOException {
        LeadHome home = LeadHome.open(directory.resolve("home"));
        LocalTemporal first = LocalTemporal.start(home, DevServer.binary());
        first.client()
                .newUntypedWorkflowStub(
                        "Anything",
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("run")
                                .setTaskQueue(TaskQueues.RECOVERY_LEAD)
                                .build())
                .start();

        LocalTemporal again = LocalTemporal.start(home, DevServer.binary());
        assertThat(again.port()).isEqualTo(first.port());

        long pid = Long.parseLong(home.read("temporal.running").orElseThrow().split(" ")[0]);
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        try (LocalTemporal next = LocalTemporal.start(home, DevServer.binary())) {
            assertThat(next.client().fetchHistory("run").getEvents()).isNotEmpty();
        }
        assertThat(ProcessHandle.of(Long.parseLong(
                        home.read("temporal.running").orElseThrow().split(" ")[0])))
                .isEmpty();
    }

    @Test
    void letsOnlyOneLauncherIntoADirectory() {
        LeadHome home = LeadHome.open(directory.resolve("home"));
        home.requireAlone();

        assertThatThrownBy(() -> LeadHome.open(directory.resolve("home")).requireAlone())
                .hasMessageStartingWith("error: another launcher works in " + home.directory());
    }
}
