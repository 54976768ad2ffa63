package dev.windlass.starter.door;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.UnknownNameException;
import dev.windlass.runbooks.page.PlanText;
import dev.windlass.workflows.kernel.Plan;

/** Asks for a plan and prints it; nothing is changed by it. */
public final class PlanPrinter {
    private PlanPrinter() {}

    public static void print(Door door, Session session, String workflowType, Object question, JsonOption json) {
        Plan plan = session.ask(workflowType, question, Plan.class);
        json.print(
                door, plan, session.operations().map(known -> text(plan, known)).orElseGet(() -> PlanText.of(plan)));
    }

    private static String text(Plan plan, Operations operations) {
        try {
            return PlanText.of(plan, operations);
        } catch (UnknownNameException otherFileThanTheWorkers) {
            return PlanText.of(plan);
        }
    }
}
