package dev.windlass.starter.terminal;

import dev.windlass.starter.runs.ActivityState;
import dev.windlass.starter.runs.RunState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How one run stands, in words. */
public final class RunText {
    private RunText() {}

    /** @param timeline the run's steps, as Markdown */
    public static String of(RunState run, String runbook, Optional<String> timeline, Instant now) {
        Table facts = new Table().left("").left("");
        facts.row("run", run.id().workflowId());
        facts.row("runbook", runbook);
        facts.row("status", run.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        facts.row("stage", run.stage().orElse("-"));
        facts.row("started", run.started() + " (" + Amounts.ago(run.started(), now) + ")");
        run.ended().ifPresent(ended -> facts.row("ended", ended.toString()));
        facts.row("took", Amounts.time(run.took(now)) + (run.ended().isPresent() ? "" : " so far"));
        run.activities().forEach(activity -> facts.row("doing", words(activity, now)));
        return facts + timeline.map(markdown -> "\n" + plain(markdown) + "\n").orElse("");
    }

    private static String words(ActivityState activity, Instant now) {
        PhaseText text = new PhaseText(PhaseText.Bars.ASCII, Integer.MAX_VALUE);
        return activity.type()
                + (activity.attempt() > 1 ? ", attempt " + activity.attempt() : "")
                + activity.progress()
                        .map(progress -> ": " + text.words(new Phase(progress, now)))
                        .orElse("")
                + activity.lastFailure().map(why -> "; before: " + why).orElse("");
    }

    private static String plain(String markdown) {
        return markdown.replace("**", "").replace("`", "").strip();
    }
}
