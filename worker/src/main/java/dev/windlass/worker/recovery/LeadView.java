package dev.windlass.worker.recovery;

import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.recovery.RecoverVpsPhase;
import dev.windlass.workflows.recovery.RecoverVpsProgress;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The run as a person follows it: a line when a step begins and one when it has ended, each with the time that has passed
 * against the budget. At a terminal the last line also tells what goes on.
 */
final class LeadView {
    private static final String ERASE = "\r\033[K";

    private final PrintStream out;
    private final Clock clock;
    private final boolean isLive;
    private final Set<String> said = new HashSet<>();
    private boolean left;

    LeadView(PrintStream out, Clock clock, boolean isLive) {
        this.out = out;
        this.clock = clock;
        this.isLive = isLive;
    }

    synchronized void say(String words) {
        line(words);
    }

    synchronized void show(RunLook.Seen seen) {
        if (left) {
            return;
        }
        RecoverVpsProgress progress = seen.progress();
        progress.notes().forEach(note -> once("note " + note, time(progress, Optional.empty()) + "NOTE: " + note));
        for (RecoverVpsPhase phase : progress.phases()) {
            switch (phase.state()) {
                case WAITING -> {}
                case RUNNING -> once("began " + phase.title(), time(progress, phase.began()) + phase.title());
                case DONE -> {
                    once("began " + phase.title(), time(progress, phase.began()) + phase.title());
                    once("ended " + phase.title(), time(progress, end(phase)) + "  done in " + took(phase));
                }
                case FAILED -> once("failed " + phase.title(), time(progress, end(phase)) + phase.title() + ": FAILED");
            }
        }
        seen.trouble()
                .ifPresent(words -> once(
                        "trouble " + words,
                        time(progress, Optional.empty()) + "  tried again: "
                                + words.lines().findFirst().orElse("")));
        if (isLive) {
            out.print(ERASE + time(progress, Optional.empty()) + "  "
                    + seen.step().map(LeadView::words).orElse("…"));
            out.flush();
        }
    }

    synchronized void end() {
        left = true;
        if (isLive) {
            out.print(ERASE);
        }
        out.flush();
    }

    /** On Ctrl-C: nothing may be drawn below. @return false, and nothing is said, when the run has ended */
    synchronized boolean leave(String words) {
        if (left) {
            return false;
        }
        end();
        out.println(words);
        out.flush();
        return true;
    }

    private void once(String key, String words) {
        if (said.add(key)) {
            line(words);
        }
    }

    private void line(String words) {
        out.println((isLive ? ERASE : "") + words);
        out.flush();
    }

    private static Optional<Instant> end(RecoverVpsPhase phase) {
        return phase.began().flatMap(began -> phase.took().map(began::plus));
    }

    /** @param at empty means now */
    private String time(RecoverVpsProgress progress, Optional<Instant> at) {
        Duration passed = Duration.between(progress.began(), at.orElseGet(clock::instant));
        boolean isOver = passed.compareTo(progress.budget()) > 0;
        return String.format(
                java.util.Locale.ROOT,
                "[%3d:%02d of %s%s] ",
                passed.toMinutes(),
                passed.toSecondsPart(),
                Quantities.time(progress.budget()),
                isOver ? ", OVER BUDGET" : "");
    }

    private static String took(RecoverVpsPhase phase) {
        return phase.took().map(OutcomeText::time).orElse("?");
    }

    private static String words(Progress step) {
        String total =
                step.total().map(all -> " of " + amount(all, step.unit())).orElse("");
        String done = step.done() == 0 && total.isEmpty() ? "" : " " + amount(step.done(), step.unit()) + total;
        return step.phase() + done + (step.detail().isEmpty() ? "" : " " + step.detail());
    }

    private static String amount(long number, String unit) {
        return unit.equals("bytes") ? Quantities.bytes(number) : Quantities.count(number) + " " + unit;
    }
}
