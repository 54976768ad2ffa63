package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.deploy.SwarmState.Verdict;
import dev.windlass.workflows.kernel.Access;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back through Dokploy, against its double. */
class DokployUndoTest {
    @TempDir
    Path directory;

    private @Nullable DokployBench bench;

    @AfterEach
    void stop() throws IOException {
        if (bench != null) {
            bench.close();
        }
    }

    private DokployBench start(String... options) throws IOException, InterruptedException {
        DokployBench started = DokployBench.start(directory, options);
        bench = started;
        return started;
    }

    @Test
    void theWayBackDeploysTheImageBeforeWhereSwarmRunsOurs() throws Exception {
        DokployBench dokploy = start();
        dokploy.deploy();
        dokploy.undo();
        assertThat(dokploy.verdict(DokployBench.OLD)).isInstanceOf(Verdict.Serving.class);
        int calls = dokploy.called.size();
        dokploy.undo();
        assertThat(dokploy.called.subList(calls, dokploy.called.size()))
                .allSatisfy(call -> assertThat(call.access()).isEqualTo(Access.READS));
    }

    @Test
    void theWayBackChangesNothingWhereDokployWasNeverAsked() throws Exception {
        DokployBench dokploy = start();
        dokploy.undo();
        assertThat(dokploy.called)
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.access()).isEqualTo(Access.READS));
    }

    @Test
    void theWayBackLeavesDokployWithTheImageBeforeWhereSwarmHasGoneBackAlready() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/swarm/rolls-back");
        dokploy.deploy();
        dokploy.undo();
        assertThat(dokploy.timesCalled("application.deploy")).isEqualTo(1);
        assertThat(dokploy.application()).contains("\"dockerImage\":\"" + DokployBench.OLD.reference() + "\"");
    }

    @Test
    void theWayBackWaitsForADeploymentThatWouldOtherwiseComeAfterIt() throws Exception {
        DokployBench dokploy = start();
        dokploy.control("/queue/pause");
        assertThat(dokploy.dieAtTheFirstPause()).isEqualTo("killed");
        dokploy.deadline = Duration.ofMillis(300);
        assertThatThrownBy(dokploy::undo)
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getType()).isEqualTo("TARGET_UNAVAILABLE"));
        dokploy.deadline = Duration.ofSeconds(30);
        dokploy.control("/queue/resume");
        dokploy.undo();
        assertThat(dokploy.verdict(DokployBench.OLD)).isInstanceOf(Verdict.Serving.class);
    }

    @Test
    void theWayBackIsAskedForAgainThoughDokployFailedAtItBefore() throws Exception {
        DokployBench dokploy = start();
        dokploy.deploy();
        dokploy.control("/builds/fail");
        assertThatThrownBy(dokploy::undo).hasMessageContaining("ended as error");
        dokploy.undo();
        assertThat(dokploy.verdict(DokployBench.OLD)).isInstanceOf(Verdict.Serving.class);
    }
}
