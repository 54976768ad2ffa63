package dev.windlass.starter.terminal;

import dev.windlass.starter.runs.RunState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** For a terminal: what is finished stays as a line, what is under way is a bar that is drawn again. */
final class LiveView implements ProgressView {
    /** ECMA-48: cursor up, and erase from here to the end of the screen. */
    private static final String UP = "\u001b[%dA";

    private static final String ERASE_BELOW = "\r\u001b[J";

    private final PrintWriter out;
    private final PhaseText text;
    private final String workMark;
    private final int columns;
    private final Phases phases = new Phases();
    private int drawn;

    LiveView(PrintWriter out, PhaseText.Bars bars, int columns) {
        this.out = out;
        this.columns = columns;
        this.text = new PhaseText(bars, columns);
        this.workMark = bars == PhaseText.Bars.BLOCKS ? "▶ " : "> ";
    }

    @Override
    public void show(RunState state, Instant now) {
        Phases.Change change = phases.look(state, now);
        erase();
        change.finished().forEach(phase -> out.println("  " + text.finished(phase)));
        change.retries().forEach(retry -> out.println("  ! " + retry));
        draw(state, now);
    }

    private void draw(RunState state, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(TextWidth.cut(
                workMark + state.id().workflowId() + "  "
                        + (phases.stage().isEmpty() ? "waits for a worker" : phases.stage()) + "  "
                        + Amounts.time(java.time.Duration.ofSeconds(
                                Math.max(0, state.took(now).toSeconds()))),
                columns));
        phases.current().forEach(phase -> lines.add(text.bar(phase)));
        lines.forEach(out::println);
        drawn = lines.size();
        out.flush();
    }

    @Override
    public void say(String line) {
        erase();
        out.println(line);
        out.flush();
    }

    @Override
    public void end(Instant now) {
        erase();
        phases.current().forEach(phase -> out.println("  " + text.finished(phase)));
        out.flush();
    }

    private void erase() {
        if (drawn > 0) {
            out.print(String.format(UP, drawn) + ERASE_BELOW);
            drawn = 0;
        }
    }
}
