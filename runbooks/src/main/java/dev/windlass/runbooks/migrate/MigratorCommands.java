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
            case FLYWAY -> new FlywayMigratorCommands(migrations);
        };
    }

    /** The advisory locks that the tools hold while they work. */
    static List<Long> toolLocks() {
        return List.of((long) PrismaMigratorCommands.ADVISORY_LOCK, FlywayMigratorCommands.ADVISORY_LOCK);
    }

    /** {@link ApplyEffects} takes it apart: what prepares, then each migration's own effects in their order. */
    List<Effect> apply(List<Migration> pending, Place place);

    /** How many of {@link #apply} are this migration's own; 0 where the tool takes all of them with its last effect. */
    default int effectsOf(Migration migration) {
        return 1;
    }

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

    /** A query of each of {@link #histories}: name, checksum, is it applied, words; then the schema into {@link Place#schema}. */
    List<Effect> look(Place place);

    /** The tables that only tell what was applied, {@code schema.name}; the tool's own first, whose word counts. */
    List<String> histories();

    String upFile(String migration);

    String downFile(String migration);
}
