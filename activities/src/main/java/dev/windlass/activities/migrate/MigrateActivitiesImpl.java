package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.ScratchCopy;
import dev.windlass.activities.backup.SmokeTest;
import dev.windlass.activities.deploy.ServingApp;
import dev.windlass.activities.effects.Beating;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.runbooks.migrate.Place;
import dev.windlass.runbooks.migrate.RehearsalSteps;
import dev.windlass.workflows.backup.Difference;
import dev.windlass.workflows.deploy.HealthReport;
import dev.windlass.workflows.deploy.RunningApp;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.MigrateActivities;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.RehearseOrder;
import dev.windlass.workflows.migrate.SchemaReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a migration changes; each says how it is safe to run twice. */
public final class MigrateActivitiesImpl implements MigrateActivities {
    private final MigrateParts parts;

    public MigrateActivitiesImpl(MigrateParts parts) {
        this.parts = parts;
    }

    // Twice: the earlier attempt's cluster is ended and removed first.
    @Override
    public Rehearsal rehearse(RehearseOrder order) {
        StepContext context = parts.context(order.step().id());
        Migrations migrations = parts.migrations(order.app(), order.environment());
        new MigrationFiles(migrations).requireAsPlanned(order.state().pending());
        String tools = toolsIn(order.step());
        try (ScratchCopy copy = ScratchCopy.restore(
                parts.backup(), context, order.step(), order.set().manifest(), migrations.database())) {
            return new RehearsalRun(
                            parts,
                            migrations,
                            Place.scratch(parts.operations(), migrations, tools),
                            RehearsalSteps.in(
                                    copy.step(), order.state().pending().size()),
                            copy,
                            order,
                            context)
                    .run();
        }
    }

    private static String toolsIn(Step step) {
        return Objects.requireNonNull(
                        Path.of(step.command("pg_dump").argv().getFirst()).getParent())
                .toString();
    }

    // Twice: the earlier attempt's migrator and its sessions are ended; what they applied is found in the tool's
    // record.
    @Override
    public ApplyReport apply(MigrateOrder order) {
        RealDatabase real = fenced(order);
        real.files().requireAsPlanned(order.before().pending());
        try (MigratorLock lock = lock(real)) {
            return new Applying(real, order, filled(order, real), migrator(real, lock)).run();
        }
    }

    // Twice: only looks.
    @Override
    public SchemaReport verify(MigrateOrder order) {
        RealDatabase real = real(order);
        Standing now = new Standing(real.looking().rows());
        Optional<String> missing = order.before().pending().stream()
                .filter(migration -> !now.isApplied(migration))
                .findFirst()
                .map(migration -> "migration " + migration.name() + " is not applied");
        return missing.or(() -> now.strayedFrom(order.before()))
                .or(() -> now.half().map(half -> "migration " + half.migration() + " is half-applied"))
                .or(() -> differs(real, order.rehearsal().schemaAfter(), "as rehearsed"))
                .or(() -> failedSmoke(real))
                .<SchemaReport>map(SchemaReport.Different::new)
                .orElseGet(() -> new SchemaReport.AsExpected(Quantities.plural(
                                now.applied().size(), "migration") + " applied, the schema is the rehearsed one"
                        + (real.place().reader().smoke().isEmpty()
                                ? ""
                                : ", "
                                        + Quantities.plural(
                                                        real.place()
                                                                .reader()
                                                                .smoke()
                                                                .size(),
                                                        "smoke query")
                                                .replace("querys", "queries")
                                        + " true")));
    }

    // Twice: only looks.
    @Override
    public HealthReport checkHealth(MigrateOrder order) {
        RunningApp app = order.serving()
                .orElseThrow(() -> new IllegalArgumentException("the order names no app that served before"));
        Health health = HealthCalls.of(parts.operations().app(order.app()).environment(order.environment()));
        return ServingApp.waitUntilHealthy(
                app, health, order.step(), parts.context(order.step().id()));
    }

    // Twice: what is taken back already is not applied any more.
    @Override
    public void undo(MigrateOrder order) {
        RealDatabase real = fenced(order);
        try (MigratorLock lock = lock(real)) {
            new Undoing(real, order.before(), filled(order, real), migrator(real, lock)).run();
        }
    }

    // Twice: which databases there are tells how far an earlier attempt came; the names change in one transaction.
    @Override
    public PutBack putBack(MigrateOrder order) {
        StepContext context = parts.context(order.step().id());
        parts.backup().shell().fence(context);
        return new PuttingBack(parts, order, context, () -> isNothingLeft(order)).run();
    }

    private boolean isNothingLeft(MigrateOrder order) {
        RealDatabase real = real(order);
        try (MigratorLock lock = lock(real)) {
            return new LeftBehind(real, order.before(), filled(order, real), migrator(real, lock)).isNothing();
        }
    }

    // Twice: only looks.
    @Override
    public SchemaReport checkUndone(MigrateOrder order) {
        RealDatabase real = real(order);
        MigrationState before = order.before();
        Standing now = new Standing(real.looking().rows());
        List<String> applied = now.appliedOf(before.pending());
        Optional<String> stillThere =
                applied.isEmpty() ? Optional.empty() : Optional.of("still applied: " + String.join(", ", applied));
        return stillThere
                .or(() -> now.strayedFrom(before))
                .or(() -> now.half().map(half -> "migration " + half.migration() + " is half-applied"))
                .or(() -> differs(real, before.schema(), "as before"))
                .<SchemaReport>map(SchemaReport.Different::new)
                .orElseGet(() -> new SchemaReport.AsExpected("the database stands as before: "
                        + Quantities.plural(now.applied().size(), "migration") + " applied, the same schema"));
    }

    private Optional<String> differs(RealDatabase real, String expected, String how) {
        Schema schema = real.looking().schema();
        return schema.fingerprint().equals(expected)
                ? Optional.empty()
                : Optional.of("the schema is not " + how + ": "
                        + SchemaTexts.of(parts).difference(schema, expected));
    }

    private Optional<String> failedSmoke(RealDatabase real) {
        Database reader = real.place().reader();
        return reader.smoke().stream()
                .flatMap(query -> Beating.during(
                        real.context(),
                        "smoke",
                        query.name(),
                        () -> SmokeTest.run(
                                parts.backup().connections(),
                                reader,
                                real.context().token(),
                                query))
                        .stream())
                .findFirst()
                .map(Difference::toString);
    }

    private Step filled(MigrateOrder order, RealDatabase real) {
        return order.step().fill(Slots.of("token", real.context().token().abbreviated()));
    }

    private Migrator migrator(RealDatabase real, MigratorLock lock) {
        return new Migrator(parts.backup().shell(), real.context(), lock, parts.lockPatience());
    }

    private MigratorLock lock(RealDatabase real) {
        return MigratorLock.take(
                parts.backup().connections(), real.place().owner(), real.context(), parts.lockPatience());
    }

    private RealDatabase fenced(MigrateOrder order) {
        StepContext context = parts.context(order.step().id());
        parts.backup().shell().fence(context);
        return parts.real(order.app(), order.environment(), context);
    }

    private RealDatabase real(MigrateOrder order) {
        return parts.real(
                order.app(), order.environment(), parts.context(order.step().id()));
    }
}
