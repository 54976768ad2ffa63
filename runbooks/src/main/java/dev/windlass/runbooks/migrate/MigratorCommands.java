package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.migrate.Migration;
import java.util.List;

/** What a tool that migrates is told, and how what it did is undone. Slot in all of it: {@code token}. */
public interface MigratorCommands {
    static MigratorCommands of(Migrations migrations) {
        return switch (migrations.tool()) {
            case SQL -> new SqlMigratorCommands(migrations);
            case PRISMA -> new PrismaMigratorCommands(migrations);
        };
    }

    /** At the end one effect for each migration in their order, or a single one where the tool takes them all at once. */
    List<Effect> apply(List<Migration> pending, Place place);

    /**
     * For each migration, the last first, two effects: {@link UndoEffects#down} and {@link UndoEffects#forget}. Empty
     * where one has no file that goes down: half an undo is none.
     */
    default List<Effect> undo(List<Migration> pending, Place place) {
        if (!pending.stream().allMatch(Migration::hasUndo)) {
            return List.of();
        }
        return pending.reversed().stream()
                .flatMap(migration -> undoEffects(migration, place).inOrder().stream())
                .toList();
    }

    UndoEffects undoEffects(Migration migration, Place place);

    /** The record that the tool keeps in the database, then the schema into {@link Place#schema}. */
    List<Effect> look(Place place);

    /** The tool's own table, {@code schema.name}. */
    String history();

    String upFile(String migration);

    String downFile(String migration);
}
