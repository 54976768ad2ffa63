package dev.windlass.runbooks.page;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Plan;

/** A plan for the terminal: what it was made from, its steps, what a person would type, and how it is undone. */
public final class PlanText {
    private PlanText() {}

    /** Stores and databases appear as variables, since a plan only names them. */
    public static String of(Plan plan) {
        return write(plan, new NamedPlaces(), new TextDocument());
    }

    /** Stores and databases appear as ops.yml gives them. */
    public static String of(Plan plan, Operations operations) {
        return write(plan, new KnownPlaces(operations), new TextDocument());
    }

    /** What a person types, from the first line to the last. */
    public static String of(HandPlan plan) {
        PlanWriter writer = plan.writer();
        Document document = new TextDocument();
        writer.writeHandHeader(document);
        writer.writeByHand(document);
        return document.text();
    }

    static String write(Plan plan, Places places, Document document) {
        PlanWriter writer = new PlanWriter(plan, places);
        writer.writeHeader(document);
        document.heading("Steps");
        writer.writeSteps(document);
        document.heading("By hand");
        writer.writeByHand(document);
        document.heading("Undo, when a step fails for good");
        writer.writeUndo(document);
        return document.text();
    }
}
