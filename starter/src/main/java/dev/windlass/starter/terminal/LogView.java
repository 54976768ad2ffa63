package dev.windlass.starter.terminal;

import dev.windlass.starter.runs.RunState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** For a log: a line for each change, and one for each phase every ten seconds. */
final class LogView implements ProgressView {
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final PhaseText text = new PhaseText(PhaseText.Bars.ASCII, Integer.MAX_VALUE);
    private final Phases phases = new Phases();
    private Instant lastReport = Instant.MAX;
    private Instant now = Instant.EPOCH;

    LogView(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void show(RunState state, Instant at) {
        now = at;
        Phases.Change change = phases.look(state, at);
        change.finished().forEach(phase -> line(text.finished(phase)));
        change.newStage().ifPresent(stage -> line("step " + stage));
        change.retries().forEach(this::line);
        if (lastReport.equals(Instant.MAX)) {
            lastReport = at;
        }
        boolean quietTooLong = !at.isBefore(lastReport.plus(QUIET));
        if (!change.begun().isEmpty() || quietTooLong) {
            report(state, at);
        }
    }

    private void report(RunState state, Instant at) {
        phases.current().forEach(phase -> line(text.words(phase)));
        if (phases.current().isEmpty() && !state.status().isOver()) {
            String where = phases.stage().isEmpty() ? "waits for a worker" : "in step " + phases.stage();
            line(where + ", " + Amounts.time(Duration.ofSeconds(state.took(at).toSeconds())) + " since it began");
        }
        lastReport = at;
    }

    @Override
    public void say(String words) {
        line(words);
    }

    @Override
    public void end(Instant at) {
        now = at;
        phases.current().forEach(phase -> line(text.finished(phase)));
        out.flush();
    }

    private void line(String words) {
        out.println((now.equals(Instant.EPOCH) ? "" : TIME.format(now) + " ") + words);
        out.flush();
    }
}
