package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.BackupCommands;
import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import java.util.List;

/**
 * How a copy takes the name of the live database; {@link #in} takes the step apart. Slot: {@code token}.
 *
 * @param close nobody comes in any more
 * @param endOthers but the sessions of the step, which look whether anything has changed
 * @param others how many have not ended
 * @param end those too
 * @param rename both at once, or neither; then the copy is open under the name
 * @param open the live one again, where it has changed or the names cannot be had
 */
public record SwapEffects(Sql close, Sql endOthers, Sql others, Sql count, Sql end, Sql rename, Sql open) {
    static SwapEffects of(DatabaseNames names, String connection, String copy, String kept) {
        return new SwapEffects(
                names.closeLive(),
                names.endSessionsOfOthers(),
                names.countSessionsOfOthers(),
                new Sql(Access.READS, connection, BackupCommands.FACTS_OF_TABLES),
                names.endSessionsIn(copy),
                names.swapWith(copy, kept),
                names.openLive());
    }

    List<Effect> inOrder() {
        return List.of(close, endOthers, others, count, end, rename);
    }

    public static SwapEffects in(Step step) {
        List<Sql> all = step.statements();
        return new SwapEffects(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5), (Sql)
                step.undo().getFirst());
    }
}
