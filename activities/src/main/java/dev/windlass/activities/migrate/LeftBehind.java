package dev.windlass.activities.migrate;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.migrate.PutBackEffects;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import dev.windlass.workflows.migrate.MigrationState;
import java.util.List;

/**
 * Whether migrations have left anything that only a restore takes back. A record of one whose transaction failed is taken
 * back here: no hour of everybody's work is given for that.
 */
final class LeftBehind {
    private final RealDatabase real;
    private final MigrationState before;
    private final Step step;
    private final Migrator migrator;

    /** @param step with its slots filled */
    LeftBehind(RealDatabase real, MigrationState before, Step step, Migrator migrator) {
        this.real = real;
        this.before = before;
        this.step = step;
        this.migrator = migrator;
    }

    /** Where no record tells of a planned one, what differs was done by somebody else, and is not thrown away. */
    boolean isNothing() {
        Standing now = new Standing(real.looking().rows());
        List<Migration> planned = before.pending();
        List<Migration> half = planned.stream().filter(now::isHalf).toList();
        if (!now.appliedOf(planned).isEmpty()) {
            return false;
        }
        if (half.isEmpty()) {
            return true;
        }
        if (!half.stream().allMatch(each -> tellsBySchema(each, now))
                || !real.looking().schema().fingerprint().equals(before.schema())) {
            return false;
        }
        half.forEach(each -> forget(each, planned));
        return true;
    }

    /** A transaction that said why it failed left nothing; one that was cut off is seen in the schema, or nowhere. */
    private boolean tellsBySchema(Migration migration, Standing now) {
        return migration.wrapping() == Wrapping.ONE_TRANSACTION
                && (!now.isCutOff(migration) || real.files().isSeenInSchema(migration));
    }

    private void forget(Migration migration, List<Migration> planned) {
        CommandResult result = migrator.run(
                PutBackEffects.in(step.undo(), planned.size()).forget().get(planned.indexOf(migration)));
        if (!result.isSuccess()) {
            throw MigrateFailures.migratorDied(result);
        }
    }
}
