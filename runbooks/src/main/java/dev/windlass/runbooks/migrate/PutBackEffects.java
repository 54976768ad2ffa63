package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.RestoreBeside;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.migrate.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The way back by a restore, as it stands in the undo of a step; {@link #in} takes it apart again. Slots: those of {@link
 * RestoreBeside}, and {@code mark}.
 *
 * @param forget for each pending migration, in their order, what takes back the record of one that left nothing behind
 * @param grow a copy beside the live database, and the comparison
 * @param finish gives the copy statistics, and what a dump of its content does not hold
 * @param clear of a copy that did not get whole
 * @param swap in what order the two change their names
 */
public record PutBackEffects(List<Command> forget, List<Effect> grow, Finish finish, List<Effect> clear, Swap swap) {
    public PutBackEffects {
        forget = List.copyOf(forget);
        grow = List.copyOf(grow);
        clear = List.copyOf(clear);
    }

    /**
     * @param setLikeTheLiveOne settings, limit and comment of the database itself
     * @param close nobody connects to it; its name is guarded until it has the final one
     * @param whole its name from here on tells that it was compared
     */
    public record Finish(Command analyze, Sql setLikeTheLiveOne, Sql close, Sql whole) {}

    /**
     * @param close no new sessions in the live one
     * @param end the sessions it has
     * @param rename both at once, or neither; then the restored one is open
     * @param open the live one again, where the rename cannot be had
     */
    public record Swap(Sql close, Sql end, Sql rename, Sql open) {}

    static final List<String> SLOTS =
            Stream.concat(RestoreBeside.SLOTS.stream(), Stream.of("mark")).toList();

    private static final int OF_FINISH = 4;
    private static final int OF_CLEAR = 2;
    private static final int OF_SWAP = 4;

    static PutBackEffects of(
            Operations operations,
            Database database,
            String tools,
            Optional<String> runAs,
            List<Migration> pending,
            MigratorCommands commands,
            Place place) {
        RestoreBeside beside = new RestoreBeside(operations, runAs);
        DatabaseNames names = new DatabaseNames(database.database());
        return new PutBackEffects(
                pending.stream()
                        .map(each -> commands.undoEffects(each, place).forget())
                        .toList(),
                beside.grow(
                        database,
                        BackupPolicy.LOCAL,
                        Optional.empty(),
                        tools,
                        DatabaseNames.CONNECTION,
                        List.of(names.ownedLikeTheLiveOne())),
                new Finish(
                        beside.analyze(database, tools),
                        names.setLikeTheLiveOne(),
                        names.closeCopy(),
                        names.renameWholeCopy()),
                beside.clear(tools, DatabaseNames.CONNECTION),
                new Swap(names.closeLive(), names.endSessions(), names.swap(), names.openLive()));
    }

    List<Effect> inOrder() {
        List<Effect> all = new ArrayList<>(forget);
        all.addAll(grow);
        all.addAll(List.of(finish.analyze(), finish.setLikeTheLiveOne(), finish.close(), finish.whole()));
        all.addAll(clear);
        all.addAll(List.of(swap.close(), swap.end(), swap.rename(), swap.open()));
        return all;
    }

    /** @param undo of the step; @param pending how many migrations it was made for */
    public static PutBackEffects in(List<Effect> undo, int pending) {
        int swap = undo.size() - OF_SWAP;
        int clear = swap - OF_CLEAR;
        int finish = clear - OF_FINISH;
        return new PutBackEffects(
                undo.subList(0, pending).stream().map(Command.class::cast).toList(),
                undo.subList(pending, finish),
                new Finish((Command) undo.get(finish), (Sql) undo.get(finish + 1), (Sql) undo.get(finish + 2), (Sql)
                        undo.get(finish + 3)),
                undo.subList(clear, swap),
                new Swap((Sql) undo.get(swap), (Sql) undo.get(swap + 1), (Sql) undo.get(swap + 2), (Sql)
                        undo.get(swap + 3)));
    }
}
