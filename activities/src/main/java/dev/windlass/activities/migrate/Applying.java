package dev.windlass.activities.migrate;

import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.migrate.ApplyEffects;
import dev.windlass.runbooks.migrate.PutBackEffects;
import dev.windlass.runbooks.migrate.UndoEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.MigrationState.HalfApplied;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies what is pending, one look at the tool's record after another: an exit code says that a program ended, not what
 * took effect. What an earlier attempt has applied is found applied.
 */
final class Applying {
    private final RealDatabase real;
    private final MigrationState before;
    private final List<Migration> planned;
    private final Step step;
    private final Migrator migrator;
    private final ApplyEffects effects;
    private final boolean isPutBack;
    private final Set<Migration> ended = new HashSet<>();
    private boolean isPrepared;

    /** @param step with its slots filled */
    Applying(RealDatabase real, MigrateOrder order, Step step, Migrator migrator) {
        this.real = real;
        this.before = order.before();
        this.isPutBack = order.restorePoint().isPresent();
        this.planned = before.pending();
        this.step = step;
        this.migrator = migrator;
        this.effects = ApplyEffects.in(step.commands(), real.migrations(), planned);
    }

    ApplyReport run() {
        requireAsPlanned();
        while (true) {
            Standing now = look();
            Optional<ApplyReport> cutOff = settleHalf(now);
            if (cutOff.isPresent()) {
                return cutOff.get();
            }
            Optional<Migration> next = next(now);
            if (next.isEmpty()) {
                tidy();
                return new ApplyReport.Applied(
                        planned.stream().map(Migration::name).toList());
            }
            prepare();
            Optional<ApplyReport> failed = apply(next.get());
            if (failed.isPresent()) {
                return failed.get();
            }
        }
    }

    private void requireAsPlanned() {
        Standing now = look();
        now.strayedFrom(before).ifPresent(words -> {
            throw MigrateFailures.moved(words);
        });
        now.half()
                .filter(half -> planned.stream().noneMatch(each -> each.name().equals(half.migration())))
                .ifPresent(half -> {
                    throw MigrateFailures.halfApplied(half);
                });
        boolean isUntouched =
                now.appliedOf(planned).isEmpty() && planned.stream().noneMatch(now::isHalf);
        if (isUntouched) {
            Schema schema = real.looking().schema();
            if (!schema.fingerprint().equals(before.schema())) {
                throw MigrateFailures.moved(SchemaTexts.of(real.parts()).difference(schema, before.schema()));
            }
        }
    }

    /** Of what an earlier attempt has applied, or a command that was killed, the record may lack its last words. */
    private void tidy() {
        planned.stream()
                .filter(migration -> !ended.contains(migration))
                .flatMap(migration -> effects.tidying(planned.indexOf(migration)).stream())
                .forEach(command -> {
                    // Somebody else may have applied it, without a table of ours.
                    prepare();
                    runToTheEnd(command);
                });
    }

    private void runToTheEnd(Command command) {
        CommandResult result = migrator.run(command);
        if (!result.isSuccess()) {
            throw MigrateFailures.migratorDied(result);
        }
    }

    /** What stands before the commands that migrate, once. */
    private void prepare() {
        if (isPrepared) {
            return;
        }
        for (Command command : effects.prepare()) {
            CommandResult result = migrator.run(command);
            if (!result.isSuccess()) {
                throw ToolWords.isOtherMigrator(result)
                        ? MigrateFailures.otherMigrator(real.place().owner(), migrator.blockers(result))
                        : MigrateFailures.migratorDied(result);
            }
        }
        isPrepared = true;
    }

    /** The last result is that of the command that failed, where one did. */
    private CommandResult run(Migration migration) {
        List<Command> commands = effects.each().get(planned.indexOf(migration));
        CommandResult result = migrator.run(commands.getFirst());
        for (Command command : commands.subList(1, commands.size())) {
            if (result.isSuccess()) {
                result = migrator.run(command);
            }
        }
        if (result.isSuccess()) {
            ended.add(migration);
        }
        return result;
    }

    private Optional<Migration> next(Standing now) {
        return planned.stream().filter(each -> !now.isApplied(each)).findFirst();
    }

    /** A transaction that failed left nothing but the tool's record of it; statements by themselves left some. */
    private Optional<ApplyReport> settleHalf(Standing now) {
        Optional<Migration> half = planned.stream().filter(now::isHalf).findFirst();
        if (half.isEmpty()) {
            return Optional.empty();
        }
        Migration migration = half.get();
        if (migration.wrapping() == Wrapping.STATEMENT_BY_STATEMENT) {
            return failed(
                    now,
                    "migration " + migration.name() + " was cut off, and some of its statements may have taken effect");
        }
        if (now.isCutOff(migration) && !hasSurelyLeftNothing(migration, now)) {
            return failed(now, "migration " + migration.name() + " was cut off, and may have taken effect");
        }
        Optional<Command> forget = forget(planned.indexOf(migration));
        if (forget.isEmpty()) {
            return failed(
                    now,
                    "migration " + migration.name() + " failed, and its record tells so: " + words(now, migration));
        }
        runToTheEnd(forget.get());
        return Optional.empty();
    }

    /** What takes back the record alone; none where a person is asked. */
    private Optional<Command> forget(int index) {
        if (step.undo().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isPutBack
                        ? PutBackEffects.in(step.undo(), planned.size())
                                .forget()
                                .get(index)
                        : UndoEffects.in(step.undo(), index).forget());
    }

    private boolean hasSurelyLeftNothing(Migration migration, Standing now) {
        return real.files().isSeenInSchema(migration)
                && now.appliedOf(planned).isEmpty()
                && real.looking().schema().fingerprint().equals(before.schema());
    }

    private static String words(Standing now, Migration migration) {
        return now.half()
                .filter(half -> half.migration().equals(migration.name())
                        && !half.words().isEmpty())
                .map(HalfApplied::words)
                .orElse("it has begun and did not end");
    }

    private Optional<ApplyReport> apply(Migration migration) {
        CommandResult result = run(migration);
        Standing after = look();
        if (after.isApplied(migration)) {
            return Optional.empty();
        }
        Migration failed = planned.stream().filter(after::isHalf).findFirst().orElse(migration);
        if (result.isSuccess()) {
            return failed(
                    after,
                    "migration " + migration.name() + ": " + result.program()
                            + " ended well, and has no record of having applied it");
        }
        if (ToolWords.isLockTimeout(result)) {
            return standBack(failed, after, result);
        }
        if (ToolWords.isCutOff(result)) {
            throw MigrateFailures.migratorDied(result);
        }
        return failed(after, "migration " + failed.name() + ": " + ToolWords.of(result));
    }

    private Optional<ApplyReport> standBack(Migration migration, Standing after, CommandResult result) {
        String blockers = migrator.blockers(result);
        Optional<ApplyReport> cutOff = settleHalf(after);
        if (cutOff.isPresent()) {
            return cutOff;
        }
        if (!migrator.hasTimeLeft()) {
            throw migrator.isOtherAtWork(result)
                    ? MigrateFailures.otherMigrator(real.place().owner(), blockers)
                    : MigrateFailures.tableLocked(migration.name(), blockers);
        }
        migrator.standBack(blockers);
        return Optional.empty();
    }

    private Optional<ApplyReport> failed(Standing after, String reason) {
        return Optional.of(new ApplyReport.Failed(reason, after.appliedOf(planned)));
    }

    private Standing look() {
        return new Standing(real.looking().rows());
    }
}
