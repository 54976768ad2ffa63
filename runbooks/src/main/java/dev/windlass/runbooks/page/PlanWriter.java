package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Writes the parts of a plan; the same for the terminal, an approval and a page. */
final class PlanWriter {
    private final Plan plan;
    private final Places places;
    private final ByHand byHand;

    PlanWriter(Plan plan, Places places) {
        this.plan = plan;
        this.places = places;
        this.byHand = new ByHand(places);
    }

    void writeHeader(Document document) {
        document.heading(
                "Plan of " + plan.runbook() + ", digest " + plan.digest().abbreviated());
        document.facts("asked", lines(plan.request()));
        document.facts("resolved", lines(plan.resolved()));
        document.facts("now", lines(plan.shown()));
    }

    void writeHandHeader(Document document) {
        document.heading(plan.runbook() + ": on the machine itself, as root, line by line");
        document.facts("of", lines(plan.resolved()));
        document.facts("fill in", lines(plan.shown()));
    }

    void writeSteps(Document document) {
        List<List<String>> rows = new ArrayList<>();
        for (Step step : plan.steps()) {
            rows.add(List.of(
                    String.valueOf(rows.size() + 1),
                    step.id().value(),
                    step.title(),
                    step.isReadOnly() ? "reads" : "changes",
                    step.precondition().orElse("")));
        }
        document.table(List.of("#", "Step", "What it does", "Access", "Must hold before"), rows);
    }

    void writeByHand(Document document) {
        List<Block> blocks = blocks();
        writePreparation(document, blocks);
        write(document, blocks);
    }

    /** Of a plan whose beginning stands elsewhere. */
    void writeStepsByHand(Document document) {
        write(document, blocks());
    }

    private List<Block> blocks() {
        return plan.steps().stream()
                .map(step -> new Block(step, commands(step.effects())))
                .toList();
    }

    private void write(Document document, List<Block> blocks) {
        for (Block block : blocks) {
            document.heading(block.step.id() + ": " + block.step.title());
            block.step.precondition().ifPresent(words -> document.paragraph("Must hold before: " + words));
            if (!block.step.slots().isEmpty()) {
                document.paragraph(places.slots() + ": "
                        + block.step.slots().stream()
                                .map(slot -> "{" + slot + "}")
                                .collect(Collectors.joining(", ")));
            }
            if (!block.commands.isEmpty()) {
                document.code(block.commands);
            }
        }
    }

    /** In the order in which a failed run undoes them: the last step that began comes first. */
    void writeUndo(Document document) {
        List<Step> steps = plan.steps().reversed().stream()
                .filter(step -> !step.undo().isEmpty())
                .toList();
        if (steps.isEmpty()) {
            document.paragraph("No step needs undoing.");
            return;
        }
        List<Block> blocks = steps.stream()
                .map(step -> new Block(step, commands(step.undo())))
                .toList();
        for (Block block : blocks) {
            document.heading("undo of " + block.step.id());
            document.code(block.commands);
        }
    }

    private void writePreparation(Document document, List<Block> blocks) {
        // Undoing needs its variables as well, and comes later.
        plan.steps().forEach(step -> commands(step.undo()));
        List<String> explanations = places.explanations();
        boolean hasPipe = blocks.stream()
                .flatMap(block -> block.commands.stream())
                .anyMatch(line -> line.startsWith(ByHand.PIPE));
        List<String> commands = new ArrayList<>();
        if (hasPipe) {
            // Otherwise a pipe succeeds although its beginning died.
            commands.add("set -o pipefail");
        }
        commands.addAll(places.preparation());
        if (explanations.isEmpty() && commands.isEmpty()) {
            return;
        }
        document.heading("Set first");
        document.facts("variable", explanations);
        if (!commands.isEmpty()) {
            document.code(commands);
        }
    }

    private List<String> commands(List<Effect> effects) {
        List<String> lines = new ArrayList<>();
        effects.forEach(effect -> lines.addAll(byHand.lines(effect)));
        return lines;
    }

    private static List<String> lines(SortedMap<String, String> words) {
        return words.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    private record Block(Step step, List<String> commands) {}
}
