package dev.windlass.starter.terminal;

import dev.windlass.workflows.kernel.Progress;
import java.util.ArrayList;
import java.util.List;

/** A phase in words and as a bar. */
record PhaseText(Bars bars, int columns) {
    /** What a bar is drawn with. */
    enum Bars {
        BLOCKS("█", "░"),
        ASCII("#", "-");

        private final String full;
        private final String empty;

        Bars(String full, String empty) {
            this.full = full;
            this.empty = empty;
        }
    }

    private static final int BAR = 24;
    private static final int NAME = 10;

    /** {@code dump  ████░░░  62 %  194 MB of 312 MB  12.1 MB/s  ETA 10 s  app.users}. */
    String bar(Phase phase) {
        StringBuilder line =
                new StringBuilder("  ").append(TextWidth.pad(phase.latest().phase(), NAME));
        line.append("  ").append(phase.fraction().map(this::blocks).orElse(" ".repeat(BAR + 7)));
        line.append("  ").append(String.join("  ", facts(phase)));
        if (!phase.latest().detail().isBlank()) {
            line.append("  ").append(phase.latest().detail());
        }
        return TextWidth.cut(line.toString().stripTrailing(), columns);
    }

    private String blocks(double fraction) {
        int full = (int) Math.floor(fraction * BAR);
        return bars.full.repeat(full) + bars.empty.repeat(BAR - full) + String.format("  %3d %%", percent(fraction));
    }

    /** {@code dump 62 %, 194 MB of 312 MB, 12.1 MB/s, ETA 10 s (app.users)}. */
    String words(Phase phase) {
        List<String> words = new ArrayList<>();
        phase.fraction().ifPresent(fraction -> words.add(percent(fraction) + " %"));
        words.addAll(facts(phase));
        String detail = phase.latest().detail();
        return (phase.latest().phase() + " " + String.join(", ", words)).stripTrailing()
                + (detail.isBlank() ? "" : " (" + detail + ")");
    }

    /** {@code dump 312 MB in 26 s}. */
    String finished(Phase phase) {
        Progress latest = phase.latest();
        String amount = latest.done() > 0 ? " " + Amounts.of(latest.done(), latest.unit()) : "";
        return latest.phase() + amount + " in " + Amounts.time(phase.lasted());
    }

    private static List<String> facts(Phase phase) {
        Progress latest = phase.latest();
        List<String> facts = new ArrayList<>();
        if (latest.done() > 0 || latest.total().isPresent()) {
            String done = Amounts.of(latest.done(), latest.unit());
            facts.add(latest.total()
                    .map(total -> done + " of " + Amounts.of(Math.max(total, latest.done()), latest.unit()))
                    .orElse(done));
        }
        phase.rate().ifPresent(rate -> facts.add(Amounts.of(Math.round(rate), latest.unit()) + "/s"));
        phase.remaining().ifPresent(left -> facts.add("ETA " + Amounts.time(left)));
        return facts;
    }

    private static int percent(double fraction) {
        return (int) Math.floor(fraction * 100);
    }
}
