package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.migrate.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link MigratorCommands#apply} put into a step, taken apart again.
 *
 * @param prepare once, before all of them
 * @param each for each migration what applies it, in the order of the migrations; the same for all of them where the tool
 *     takes them at once. Of several commands the last only tidies the record, and may be repeated
 */
public record ApplyEffects(List<Command> prepare, List<List<Command>> each) {
    public ApplyEffects {
        prepare = List.copyOf(prepare);
        each = List.copyOf(each);
    }

    /** For one that was found applied: whoever applied it may have died before its record was tidy. */
    public Optional<Command> tidying(int index) {
        List<Command> commands = each.get(index);
        return commands.size() > 1 ? Optional.of(commands.getLast()) : Optional.empty();
    }

    /** @param commands all of the step's; @param pending those that the step was made for */
    public static ApplyEffects in(List<Command> commands, Migrations migrations, List<Migration> pending) {
        MigratorCommands tool = MigratorCommands.of(migrations);
        int own = pending.stream().mapToInt(tool::effectsOf).sum();
        int first = commands.size() - Math.max(own, 1);
        List<List<Command>> each = new ArrayList<>();
        int from = first;
        for (Migration migration : pending) {
            int until = own == 0 ? commands.size() : from + tool.effectsOf(migration);
            each.add(List.copyOf(commands.subList(from, until)));
            from = own == 0 ? from : until;
        }
        return new ApplyEffects(commands.subList(0, first), each);
    }
}
