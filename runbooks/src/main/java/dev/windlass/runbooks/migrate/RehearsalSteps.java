package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.backup.ProofSteps;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rehearsal: last night's data in a throw-away cluster, and there up, down and up again; only up where there is no way
 * down.
 */
public final class RehearsalSteps {
    private final Operations operations;
    private final Migrations migrations;
    private final ProofSteps proofs;

    /** @param runAs who runs the throw-away cluster; empty when the worker is not root */
    public RehearsalSteps(Operations operations, Migrations migrations, Optional<String> runAs) {
        this.operations = operations;
        this.migrations = migrations;
        this.proofs = new ProofSteps(operations, runAs);
    }

    public Step rehearse(List<Migration> pending, String tools, StoreName source) {
        MigratorCommands commands = MigratorCommands.of(migrations);
        Place scratch = Place.scratch(operations, migrations, tools);
        List<Effect> effects = new ArrayList<>(
                proofs.restore(operations.database(migrations.database()), tools, source, Optional.empty()));
        effects.addAll(commands.look(scratch));
        effects.addAll(commands.apply(pending, scratch));
        List<Effect> undo = migrations.undo() == Undo.DOWN ? commands.undo(pending, scratch) : List.of();
        if (!undo.isEmpty()) {
            effects.addAll(undo);
            effects.addAll(commands.apply(pending, scratch));
        }
        effects.addAll(proofs.remove(tools));
        return Step.of(
                        MigrateSteps.REHEARSE,
                        "Rehearse on a copy of " + migrations.database() + " in a scratch cluster: up"
                                + (undo.isEmpty() ? "" : ", down, up"),
                        effects)
                .withUndo(proofs.remove(tools))
                .withSlots(ProofSteps.SLOTS.toArray(String[]::new));
    }

    /**
     * What of the step migrates.
     *
     * @param undo empty where there is no way down
     */
    public record Migrating(List<Effect> apply, List<Effect> undo) {}

    /** Out of {@link #rehearse}. @param pending how many there are */
    public static Migrating in(Step step, int pending) {
        List<Effect> effects = step.effects();
        int from = effects.indexOf(step.command("pg_dump")) + 1;
        int migrating = effects.size() - 2 - from;
        int down = 2 * pending;
        // Up alone, or up, down and up.
        boolean isUndone = migrating > down && effects.get(from).equals(effects.get(from + (migrating + down) / 2));
        int up = isUndone ? (migrating - down) / 2 : migrating;
        return new Migrating(
                effects.subList(from, from + up), isUndone ? effects.subList(from + up, from + up + down) : List.of());
    }
}
