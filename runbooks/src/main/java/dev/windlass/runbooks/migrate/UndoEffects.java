package dev.windlass.runbooks.migrate;

import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import java.util.List;

/**
 * The two ways back from one migration.
 *
 * @param down the file that goes down, and the tool's record of the migration with it; refused by the database when there
 *     is no record
 * @param forget only the record of one that was begun and left nothing behind; harmless when there is none
 */
public record UndoEffects(Command down, Command forget) {
    List<Effect> inOrder() {
        return List.of(down, forget);
    }

    /** Out of {@link MigratorCommands#undo}. @param index of the migration among those that were pending */
    public static UndoEffects in(List<Effect> undo, int index) {
        int at = undo.size() - 2 * (index + 1);
        return new UndoEffects((Command) undo.get(at), (Command) undo.get(at + 1));
    }
}
