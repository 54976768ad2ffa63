package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a program that goes on for ever, and a step that does not hear that it should end. */
@Tag("integration")
@Timeout(60)
class LeadShellTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Command FOR_EVER = new Command(
            Access.READS,
            new HostName("local"),
            List.of("sleep", "1000"),
            Sorted.of(),
            Sorted.of(),
            new Channel.None(),
            new Channel.None());

    private final Secrets none = new EnvironmentSecrets(Map.of());
    private final LeadShell shell = new LeadShell(new CommandShell(Launchers.detect(), none, new AgeSealedFiles(none)));
    private final AtomicInteger beats = new AtomicInteger();
    private final StepContext link = new StepContext(
            new StepToken("leaving", "run-" + ProcessHandle.current().pid(), StepId.of("link")),
            progress -> beats.incrementAndGet(),
            EffectJournal.none());

    @Test
    void nothingOfItIsLeftAndNothingMoreIsStarted() {
        Thread step = Thread.ofPlatform().daemon().start(() -> shell.run(FOR_EVER, link));
        Eventually.holds(SOON, "the program runs", () -> beats.get() > 1);

        shell.beginLeaving();
        shell.endAll();

        Eventually.holds(SOON, "the step has ended", () -> !step.isAlive());
        assertThat(shell.fence(link)).isZero();
        assertThatThrownBy(() -> shell.run(FOR_EVER, link))
                .isInstanceOf(CancellationException.class)
                .hasMessage("sleep is not started: the launcher takes its leave");
    }
}
