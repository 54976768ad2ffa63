package dev.windlass.starter.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.starter.runs.ActivityState;
import dev.windlass.starter.runs.RunId;
import dev.windlass.starter.runs.RunState;
import dev.windlass.starter.runs.RunStatus;
import dev.windlass.workflows.kernel.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final Instant BEGAN = Instant.parse("2026-11-24T06:10:00Z");
    private static final String REDRAW = "\u001b[2A\r\u001b[J";

    private final StringWriter printed = new StringWriter();

    private static RunState state(String stage, ActivityState... activities) {
        return new RunState(
                new RunId("backup-1", "run-1"),
                "Backup",
                RunStatus.RUNNING,
                Optional.of(stage),
                BEGAN,
                Optional.empty(),
                List.of(activities));
    }

    private static ActivityState doing(String phase, long done, Optional<Long> total, String unit) {
        return new ActivityState(
                phase, "Any", 1, Optional.of(new Progress(phase, done, total, unit, "app.users")), Optional.empty());
    }

    @Test
    void drawsOneBarForEachPhaseAndKeepsALineOfEachThatIsOver() {
        LiveView view = new LiveView(new PrintWriter(printed), PhaseText.Bars.BLOCKS, 100);
        Optional<Long> total = Optional.of(400_000_000L);

        view.show(state("dump/shop", doing("dump", 0, total, "bytes")), BEGAN);
        view.show(state("dump/shop", doing("dump", 100_000_000, total, "bytes")), BEGAN.plusSeconds(10));
        view.show(state("compare/shop", doing("compare", 7, Optional.empty(), "tables")), BEGAN.plusSeconds(41));
        view.end(BEGAN.plusSeconds(42));

        assertThat(printed.toString().split("\n"))
                .containsExactly(
                        "▶ backup-1  dump/shop  0 s",
                        "  dump        ░░░░░░░░░░░░░░░░░░░░░░░░    0 %  0 B of 400 MB  app.users",
                        REDRAW + "▶ backup-1  dump/shop  10 s",
                        "  dump        ██████░░░░░░░░░░░░░░░░░░   25 %  100 MB of 400 MB  10.0 MB/s  ETA 30 s  app.users",
                        REDRAW + "  dump 100 MB in 10 s",
                        "▶ backup-1  compare/shop  41 s",
                        "  compare                                      7 tables  app.users",
                        REDRAW + "  compare 7 tables in 0 s");
    }

    @Test
    void fitsANarrowTerminalWithoutUnicode() {
        LiveView view = new LiveView(new PrintWriter(printed), PhaseText.Bars.ASCII, 50);

        view.show(state("dump/shop", doing("dump", 1, Optional.of(2L), "rows")), BEGAN);

        assertThat(printed.toString().split("\n"))
                .containsExactly("> backup-1  dump/shop  0 s", "  dump        ############------------   50 %  1 …");
    }

    @Test
    void anEstimateThatWasTooLowStaysAtAHundredPercent() {
        LiveView view = new LiveView(new PrintWriter(printed), PhaseText.Bars.ASCII, 100);

        view.show(state("dump/shop", doing("dump", 500, Optional.of(400L), "rows")), BEGAN);

        assertThat(printed.toString()).contains("100 %  500 rows of 500 rows");
    }
}
