package dev.windlass.runbooks.recovery;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * A cluster that is restored beside the live one, read, and removed; what each of these is {@link RewindEffects} says.
 * Slot: {@code token}.
 */
public record BesideEffects(
        Command makeDirectory,
        Command restore,
        Command configure,
        Command admit,
        Command forget,
        Command start,
        Sql replayed,
        Sql facts,
        Command stop,
        Command removeData) {
    List<Effect> inOrder() {
        return List.of(makeDirectory, restore, configure, admit, forget, start, replayed, facts, stop, removeData);
    }

    /** Of a step that is made of {@link #inOrder} and what comes behind. */
    public static BesideEffects in(Step step) {
        List<Effect> all = step.effects();
        return new BesideEffects(
                (Command) all.get(0),
                (Command) all.get(1),
                (Command) all.get(2),
                (Command) all.get(3),
                (Command) all.get(4),
                (Command) all.get(5),
                (Sql) all.get(6),
                (Sql) all.get(7),
                (Command) all.get(8),
                (Command) all.get(9));
    }
}
