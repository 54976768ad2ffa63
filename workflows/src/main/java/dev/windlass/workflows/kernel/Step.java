package dev.windlass.workflows.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of a runbook: what a person reads, what is done, and how it is undone.
 *
 * @param title a short sentence in the imperative, shown in the timeline, the plan and the page
 * @param effects what is done, in order
 * @param precondition what must hold right before, in words a person can check
 * @param undo harmless when the step never ran
 * @param slots names of the values that are born in the run and appear in the effects as {@code {name}}
 */
public record Step(
        StepId id,
        String title,
        List<Effect> effects,
        Optional<String> precondition,
        List<Effect> undo,
        List<String> slots) {
    public Step {
        effects = List.copyOf(effects);
        undo = List.copyOf(undo);
        slots = List.copyOf(slots);
        if (title.isBlank() || title.endsWith(".")) {
            throw new IllegalArgumentException("title of step " + id + " must be a sentence without a full stop");
        }
    }

    public static Step of(StepId id, String title, List<Effect> effects) {
        return new Step(id, title, effects, Optional.empty(), List.of(), List.of());
    }

    public Step withSlots(String... names) {
        return new Step(id, title, effects, precondition, undo, List.of(names));
    }

    public Step withUndo(List<Effect> effectsOfUndo) {
        return new Step(id, title, effects, precondition, effectsOfUndo, slots);
    }

    public Step withPrecondition(String words) {
        return new Step(id, title, effects, Optional.of(words), undo, slots);
    }

    public Step fill(Slots known) {
        return new Step(
                id,
                title,
                effects.stream().map(known::fill).toList(),
                precondition.map(known::fill),
                undo.stream().map(known::fill).toList(),
                slots.stream().filter(name -> !known.values().containsKey(name)).toList());
    }

    public List<Effect.Command> commands() {
        return only(Effect.Command.class);
    }

    public List<Effect.ObjectCall> objectCalls() {
        return only(Effect.ObjectCall.class);
    }

    public List<Effect.Sql> statements() {
        return only(Effect.Sql.class);
    }

    /** Those that run the given program, whatever its directory. */
    public List<Effect.Command> commands(String program) {
        return commands().stream()
                .filter(command -> command.program().equals(program))
                .toList();
    }

    /** The one command of this step that runs the given program, whatever its directory. */
    public Effect.Command command(String program) {
        List<Effect.Command> found = commands(program);
        if (found.size() != 1) {
            throw new IllegalArgumentException("step " + id + " has " + found.size() + " commands named " + program);
        }
        return found.getFirst();
    }

    public boolean isReadOnly() {
        return effects.stream().allMatch(effect -> effect.access() == Access.READS);
    }

    private <E extends Effect> List<E> only(Class<E> kind) {
        List<E> found = new ArrayList<>();
        for (Effect effect : effects) {
            if (kind.isInstance(effect)) {
                found.add(kind.cast(effect));
            }
        }
        return found;
    }
}
