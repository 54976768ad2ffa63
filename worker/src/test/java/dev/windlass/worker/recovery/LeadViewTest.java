package dev.windlass.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.recovery.RecoverVpsPhase;
import dev.windlass.workflows.recovery.RecoverVpsPhase.State;
import dev.windlass.workflows.recovery.RecoverVpsProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadViewTest {
    private static final Instant BEGAN = Instant.parse("2026-11-30T03:00:00Z");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final LeadView view = new LeadView(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            Clock.fixed(BEGAN.plusSeconds(90), ZoneOffset.UTC),
            false);

    @Test
    void tellsEachStepOnceWithTheTimeAgainstTheBudget() {
        RunLook.Seen first = seen(Duration.ofHours(1), phase(State.RUNNING));
        view.show(first);
        view.show(first);
        view.show(seen(Duration.ofHours(1), phase(State.DONE)));
        view.end();

        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("""
                [  0:05 of 1 h 0 min] Send the worker
                [  0:11 of 1 h 0 min]   done in 6.5 s
                """);
    }

    @Test
    void saysWhenTheBudgetIsUsedUpAndWhatIsTriedAgain() {
        view.show(new RunLook.Seen(
                progress(Duration.ofMinutes(1)), Optional.empty(), Optional.of("it does not answer\nhint: wait")));

        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("[  1:30 of 1 min 0 s, OVER BUDGET]   tried again: it does not answer\n");
    }

    @Test
    void takesLeaveOnlyWhileTheRunGoesOn() {
        view.end();

        assertThat(view.leave("put down")).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static RunLook.Seen seen(Duration budget, RecoverVpsPhase phase) {
        return new RunLook.Seen(progress(budget, phase), Optional.empty(), Optional.empty());
    }

    private static RecoverVpsProgress progress(Duration budget, RecoverVpsPhase... phases) {
        return new RecoverVpsProgress(BEGAN, budget, Optional.empty(), List.of(phases), List.of());
    }

    private static RecoverVpsPhase phase(State state) {
        return new RecoverVpsPhase(
                "kit",
                "Send the worker",
                state,
                Optional.of(BEGAN.plusSeconds(5)),
                state == State.DONE ? Optional.of(Duration.ofMillis(6500)) : Optional.empty());
    }
}
