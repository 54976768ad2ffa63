package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.RestoreBeside;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.CopySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a copy beside the live database is made, and gone again; {@link #in} takes the step apart. Slots: those of {@link
 * RestoreBeside}, and of {@link RewindEffects} where the copy is of a moment.
 *
 * @param grow the copy, and the comparison with its source; behind what makes the dump of a moment
 * @param analyze gives it statistics
 * @param likeTheLiveOne settings, limit and comment of the database itself
 * @param mark tells whose it is
 * @param whole its name from here on tells that it was compared
 * @param clear of one that did not get whole
 * @param drop of one that did
 */
public record CopyEffects(
        List<Effect> grow,
        Command analyze,
        Sql likeTheLiveOne,
        Sql mark,
        Sql whole,
        Command removeFiles,
        List<Effect> clear,
        Sql drop) {
    private static final int AFTER_GROW = 5;

    public CopyEffects {
        grow = List.copyOf(grow);
        clear = List.copyOf(clear);
    }

    static CopyEffects of(
            Operations operations,
            Database database,
            CopySource source,
            String tools,
            Optional<String> runAs,
            String name) {
        RestoreBeside beside = new RestoreBeside(operations, runAs);
        DatabaseNames names = new DatabaseNames(database.database());
        List<Sql> asMade = List.of(names.ownedLikeTheLiveOne());
        List<Effect> grow = new ArrayList<>();
        List<Effect> clear = new ArrayList<>();
        switch (source) {
            case CopySource.BackupSet set ->
                grow.addAll(
                        beside.grow(database, set.store(), set.identity(), tools, DatabaseNames.CONNECTION, asMade));
            case CopySource.PointInTime moment -> {
                RewindEffects rewind = RewindEffects.of(operations, database, moment, runAs);
                grow.addAll(rewind.inOrder());
                grow.addAll(beside.grow(database, tools, DatabaseNames.CONNECTION, asMade));
                clear.add(rewind.stop());
            }
        }
        clear.addAll(beside.clear(tools, DatabaseNames.CONNECTION));
        return new CopyEffects(
                grow,
                beside.analyze(database, tools),
                names.setLikeTheLiveOne(),
                names.markCopy(),
                names.renameCopy(name),
                beside.removeFiles(tools),
                clear,
                DatabaseNames.dropIfThere(name));
    }

    List<Effect> inOrder() {
        List<Effect> all = new ArrayList<>(grow);
        all.addAll(List.of(analyze, likeTheLiveOne, mark, whole, removeFiles));
        return all;
    }

    List<Effect> undo() {
        List<Effect> all = new ArrayList<>(clear);
        all.add(drop);
        return all;
    }

    /** Of a copy of a moment only what follows when its dump is there. */
    public List<Effect> growFromDump() {
        return RewindEffects.without(grow);
    }

    public static CopyEffects in(Step step) {
        List<Effect> all = step.effects();
        int after = all.size() - AFTER_GROW;
        int last = step.undo().size() - 1;
        return new CopyEffects(
                all.subList(0, after),
                (Command) all.get(after),
                (Sql) all.get(after + 1),
                (Sql) all.get(after + 2),
                (Sql) all.get(after + 3),
                (Command) all.get(after + 4),
                step.undo().subList(0, last),
                (Sql) step.undo().get(last));
    }
}
