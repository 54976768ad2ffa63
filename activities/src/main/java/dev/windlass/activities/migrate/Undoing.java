package dev.windlass.activities.migrate;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.migrate.UndoEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import dev.windlass.workflows.migrate.MigrationState;
import java.util.List;

/** Takes back what is applied now of the planned migrations, the last first; what is not applied is left alone. */
final class Undoing {
    private final RealDatabase real;
    private final MigrationState before;
    private final Step step;
    private final Migrator migrator;

    /** @param step with its slots filled */
    Undoing(RealDatabase real, MigrationState before, Step step, Migrator migrator) {
        this.real = real;
        this.before = before;
        this.step = step;
        this.migrator = migrator;
    }

    void run() {
        if (step.undo().isEmpty()) {
            return;
        }
        List<Migration> planned = before.pending();
        for (Migration migration : planned.reversed()) {
            Standing now = look();
            UndoEffects ways = UndoEffects.in(step.undo(), planned.indexOf(migration));
            if (now.isApplied(migration)) {
                run(migration, ways.down());
            } else if (now.isHalf(migration)) {
                takeBackHalf(migration, ways, now);
            }
        }
    }

    private void takeBackHalf(Migration migration, UndoEffects ways, Standing now) {
        if (migration.wrapping() == Wrapping.STATEMENT_BY_STATEMENT) {
            run(migration, ways.down());
            return;
        }
        if (now.isCutOff(migration) && !real.files().isSeenInSchema(migration)) {
            throw MigrateFailures.nobodyKnows(migration.name());
        }
        boolean isOnly = now.appliedOf(before.pending()).isEmpty();
        boolean hasLeftNothing =
                isOnly ? real.looking().schema().fingerprint().equals(before.schema()) : !now.isCutOff(migration);
        if (hasLeftNothing || !goesDown(migration, ways.down())) {
            run(migration, ways.forget());
        }
    }

    /** A file that goes down what never went up is refused; its transaction leaves nothing then. */
    private boolean goesDown(Migration migration, Command down) {
        CommandResult result = migrator.run(down);
        if (result.isSuccess()) {
            return true;
        }
        if (ToolWords.isCutOff(result)) {
            throw MigrateFailures.migratorDied(result);
        }
        if (ToolWords.isLockTimeout(result)) {
            throw MigrateFailures.undoFailed(migration.name(), result);
        }
        return false;
    }

    private void run(Migration migration, Command command) {
        while (true) {
            CommandResult result = migrator.run(command);
            if (result.isSuccess()) {
                return;
            }
            if (ToolWords.isCutOff(result)) {
                throw MigrateFailures.migratorDied(result);
            }
            if (!ToolWords.isLockTimeout(result) || !migrator.hasTimeLeft()) {
                throw MigrateFailures.undoFailed(migration.name(), result);
            }
            migrator.standBack(migrator.blockers(result));
        }
    }

    private Standing look() {
        return new Standing(real.looking().rows());
    }
}
