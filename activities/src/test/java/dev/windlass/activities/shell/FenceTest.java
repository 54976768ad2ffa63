package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FenceTest {
    /** Parent, child, grandchildren, one detached by setsid as pg_ctl does it, one forked twice and orphaned. */
    static final String FAMILY = """
            sleep 1000 &
            bash -c 'sleep 1001 & sleep 1002; :' &
            setsid sleep 1003 > /dev/null 2>&1 < /dev/null &
            (setsid bash -c 'sleep 1004 & exit' > /dev/null 2>&1 < /dev/null &)
            sleep 1005; :
            """;

    static final int FAMILY_SIZE = 8;

    private final CommandShell shell =
            new CommandShell(new ProcessGroupLauncher(), reference -> "none", new PlainSealedFiles(Long.MAX_VALUE));
    private final StepToken token = Commands.newToken();
    private final StepToken other = new StepToken(token.workflowId(), token.runId(), StepId.of("dump", "orders2"));
    private final StepContext context = Commands.context(token, progress -> {});
    private final List<Process> workers = new ArrayList<>();

    @AfterEach
    void leaveNothingBehind() {
        workers.forEach(Process::destroyForcibly);
        shell.fence(context);
        shell.fence(Commands.context(other, progress -> {}));
    }

    @Test
    void endsWhatAKilledWorkerLeftBehind() throws IOException, InterruptedException {
        Process worker = startWorker(token, FAMILY);
        waitFor(() -> Survivors.of(token).size() == FAMILY_SIZE);

        worker.destroyForcibly();
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Survivors.of(token)).hasSize(FAMILY_SIZE);

        assertThat(shell.fence(context)).isEqualTo(FAMILY_SIZE);
        assertThat(Survivors.of(token)).isEmpty();
        assertThat(shell.fence(context)).isZero();
    }

    @Test
    void leavesOtherStepsAlone() throws IOException, InterruptedException {
        Process worker = startWorker(other, "sleep 1000; :");
        waitFor(() -> Survivors.of(other).size() == 2);

        assertThat(shell.fence(context)).isZero();
        assertThat(Survivors.of(other)).hasSize(2);

        shell.fence(Commands.context(other, progress -> {}));
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isEqualTo(137);
    }

    @Test
    void endsDescendantsThatHideTheirEnvironment() {
        // PostgreSQL's backends overwrite theirs with their title; a child started with a cleared one shows none
        // either.
        shell.run(Commands.script("(setsid bash -c 'env -i sleep 1000; :' > /dev/null 2>&1 &)"), context);
        waitFor(() -> Survivors.of(token).size() == 2);

        assertThat(shell.fence(context)).isEqualTo(2);
    }

    private Process startWorker(StepToken step, String script) throws IOException {
        // Not inherited: a worker that outlives a failed test would keep the build's own output open.
        Process worker = new ProcessBuilder(WorkerInSmall.words(step, "run", "bash", "-c", script))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        workers.add(worker);
        return worker;
    }

    private static void waitFor(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
