package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.ScratchCopy;
import dev.windlass.activities.backup.SmokeTest;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.migrate.MigratorCommands;
import dev.windlass.runbooks.migrate.Place;
import dev.windlass.runbooks.migrate.RehearsalSteps.Migrating;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.Rehearsal.TableEffect;
import dev.windlass.workflows.migrate.RehearseOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Up, down and up again on a restored copy, and what that did. A migration that fails is a problem, not an exception. */
final class RehearsalRun {
    private final BackupParts parts;
    private final SchemaTexts texts;
    private final StepContext context;
    private final RehearseOrder order;
    private final Migrating migrating;
    private final Database copy;
    private final Looking looking;
    private final List<String> histories;
    private final List<Migration> pending;

    private Schema before = Schema.empty();
    private Schema after = Schema.empty();
    private Census rowsBefore = new Census(new java.util.TreeMap<>());
    private Duration up = Duration.ZERO;
    private Optional<Duration> down = Optional.empty();
    private List<TableEffect> tables = List.of();

    RehearsalRun(
            MigrateParts parts,
            Migrations migrations,
            Place place,
            Migrating migrating,
            ScratchCopy copy,
            RehearseOrder order,
            StepContext context) {
        this.parts = parts.backup();
        this.texts = SchemaTexts.of(parts);
        this.context = context;
        this.order = order;
        this.migrating = migrating;
        this.copy = copy.database();
        this.looking = new Looking(parts.backup(), migrations, place, copy.database(), context);
        this.histories = MigratorCommands.of(migrations).histories();
        this.pending = order.state().pending();
    }

    Rehearsal run() {
        Optional<String> problem =
                beginsAsTheDatabaseIs().or(this::goUp).or(this::isFit).or(this::goDownAndUp);
        texts.keep(before);
        texts.keep(after);
        return new Rehearsal(order.set().set(), problem, before.fingerprint(), after.fingerprint(), up, down, tables);
    }

    /** Otherwise it would rehearse something else than what will happen. */
    private Optional<String> beginsAsTheDatabaseIs() {
        before = looking.schema();
        after = before;
        MigrationState now = order.state();
        List<String> applied = look().applied();
        if (!applied.equals(now.applied())) {
            return Optional.of("the set is from another time: it has " + names(applied)
                    + " applied, and the database has " + names(now.applied()) + "; make a new backup first");
        }
        if (!before.fingerprint().equals(now.schema())) {
            return Optional.of("the copy has another schema than the database has now: "
                    + texts.difference(before, now.schema())
                    + "; somebody changed it by hand since the backup, so make a new one first");
        }
        rowsBefore = census();
        return Optional.empty();
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "nothing" : names.getLast() + " and " + (names.size() - 1) + " before it";
    }

    private Optional<String> goUp() {
        LockSampling sampling = LockSampling.start(parts.connections(), copy, context.token());
        Optional<String> problem;
        try (sampling) {
            long begun = System.nanoTime();
            problem = runAll(migrating.apply()).or(this::isAllApplied);
            up = Duration.ofNanos(System.nanoTime() - begun);
        }
        after = looking.schema();
        tables = rowsBefore.effects(census(), sampling.strongest());
        return problem;
    }

    private Optional<String> isAllApplied() {
        Standing now = look();
        return pending.stream()
                .filter(each -> !now.isApplied(each))
                .findFirst()
                .map(each -> "migration " + each.name() + " is not applied, although its tool ended well");
    }

    /** What the team asks of a restored copy must be true of a migrated one as well. */
    private Optional<String> isFit() {
        return copy.smoke().stream()
                .flatMap(query -> Beating.during(
                        context,
                        "smoke",
                        query.name(),
                        () -> SmokeTest.run(parts.connections(), copy, context.token(), query))
                        .stream())
                .findFirst()
                .map(difference -> "after the migrations " + difference);
    }

    private Optional<String> goDownAndUp() {
        if (migrating.undo().isEmpty()) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        // Of each two ways the first: nothing is half-applied here.
        for (int index = pending.size() - 1; index >= 0; index--) {
            Command back = dev.windlass.runbooks.migrate.UndoEffects.in(migrating.undo(), index)
                    .down();
            Optional<String> problem =
                    run(back, "the undo of " + pending.get(index).name());
            if (problem.isPresent()) {
                return problem;
            }
        }
        down = Optional.of(Duration.ofNanos(System.nanoTime() - begun));
        return isAsBefore().or(() -> runAll(migrating.apply())).or(this::isAsAfter);
    }

    private Optional<String> isAsBefore() {
        Schema undone = looking.schema();
        if (!undone.fingerprint().equals(before.fingerprint())) {
            return Optional.of("the undo does not restore the schema: " + undone.differenceFrom(before));
        }
        String rows = census().differenceFrom(rowsBefore);
        return rows.isEmpty() ? Optional.empty() : Optional.of("the undo does not restore the rows: " + rows);
    }

    private Optional<String> isAsAfter() {
        Schema again = looking.schema();
        return again.fingerprint().equals(after.fingerprint())
                ? Optional.empty()
                : Optional.of(
                        "applied again after the undo, the schema is another one: " + again.differenceFrom(after));
    }

    private Optional<String> runAll(List<Effect> effects) {
        for (Effect effect : effects) {
            Optional<String> problem = run((Command) effect, "the migration");
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private Optional<String> run(Command command, String what) {
        CommandResult result = parts.shell().run(command, context);
        return result.isSuccess() ? Optional.empty() : Optional.of(what + " fails: " + ToolWords.of(result));
    }

    private Standing look() {
        return new Standing(looking.rows());
    }

    private Census census() {
        return Census.of(parts.connections(), copy, context, histories);
    }
}
