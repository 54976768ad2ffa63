package dev.windlass.runbooks.page;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Plan;

/** The same as {@link PlanText}, as Markdown. */
public final class PlanMarkdown {
    private PlanMarkdown() {}

    public static String of(Plan plan) {
        return PlanText.write(plan, new NamedPlaces(), new MarkdownDocument());
    }

    public static String of(Plan plan, Operations operations) {
        return PlanText.write(plan, new KnownPlaces(operations), new MarkdownDocument());
    }
}
