package dev.windlass.runbooks.migrate;

import dev.windlass.runbooks.config.ConfigurationDigest;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Target.Health;
import dev.windlass.runbooks.deploy.HealthCalls;
import dev.windlass.runbooks.notify.NotificationSteps;
import dev.windlass.workflows.approvals.ApprovalPolicy;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.Rehearsal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a migration does, from ops.yml, the request, what planning saw and what the rehearsal found. */
public final class PlanOfMigrate {
    private final Operations operations;
    private final Migrations migrations;
    private final MigratorCommands commands;
    private final Place place;
    private final Optional<String> runAs;

    /**
     * @param tools directory of psql and pg_dump
     * @param runAs who runs throw-away clusters; empty when the worker is not root
     */
    public PlanOfMigrate(Operations operations, Migrations migrations, String tools, Optional<String> runAs) {
        this.operations = operations;
        this.runAs = runAs;
        this.migrations = migrations;
        this.commands = MigratorCommands.of(migrations);
        this.place = Place.real(operations, migrations, tools);
    }

    public Plan plan(MigratePlanOrder order) {
        MigrationState state = order.observation().state();
        List<Step> steps = new ArrayList<>(List.of(backup(), apply(state), verify(order.observation())));
        health(order).ifPresent(steps::add);
        NotificationSteps.tell(MigrateSteps.NOTIFY, operations.notifications(), "Tell the team")
                .ifPresent(steps::add);
        return Plan.of("migrate", order.request().asked(), resolved(order), shown(order), steps);
    }

    /** Without effects: a backup has a plan of its own. */
    private Step backup() {
        String title = "Back up " + migrations.database() + " by a run of its own";
        return Step.of(
                MigrateSteps.BACKUP,
                switch (migrations.undo()) {
                    case DOWN, ASK ->
                        title + ", unless a proven backup is younger than " + Quantities.time(migrations.backupAge());
                    case RESTORE -> title + " in any case: it is put back from this backup if the migration fails";
                },
                List.of());
    }

    private Step apply(MigrationState state) {
        List<Effect> undo = switch (migrations.undo()) {
            case DOWN -> commands.undo(state.pending(), place);
            case RESTORE ->
                PutBackEffects.of(operations, place.reader(), place.tools(), runAs, state.pending(), commands, place)
                        .inOrder();
            case ASK -> List.of();
        };
        return Step.of(
                        MigrateSteps.APPLY,
                        "Apply " + Quantities.plural(state.pending().size(), "migration") + " to "
                                + migrations.database(),
                        commands.apply(state.pending(), place))
                .withPrecondition("the files have the checksums of the plan, and " + migrations.database()
                        + " stands as it did when the plan was made")
                .withUndo(undo)
                .withSlots(
                        switch (migrations.undo()) {
                            case DOWN, ASK -> new String[] {"token"};
                            case RESTORE -> PutBackEffects.SLOTS.toArray(String[]::new);
                        });
    }

    private Step verify(MigrateObservation seen) {
        List<Effect> effects = new ArrayList<>(commands.look(place));
        operations
                .database(migrations.database())
                .smoke()
                .forEach(query -> effects.add(new Sql(Access.READS, place.connection(), query.sql())));
        return Step.of(
                        MigrateSteps.VERIFY,
                        "See that nothing" + except(seen.later())
                                + " is pending and that the schema is the rehearsed one",
                        effects)
                .withSlots("token");
    }

    /** An app that answers badly afterwards lives on what was changed, whatever the schema says. */
    private Optional<Step> health(MigratePlanOrder order) {
        return order.observation().serving().map(app -> {
            Health health = HealthCalls.of(operations
                    .app(order.request().app())
                    .environment(order.request().environment()));
            return Step.of(
                    MigrateSteps.HEALTH,
                    "Wait until the app is healthy at " + app.address() + ", " + health.successes()
                            + " times in a row within " + time(health.deadline()),
                    HealthCalls.at(app.address(), health));
        });
    }

    private static String except(List<Migration> later) {
        return later.isEmpty()
                ? ""
                : later.stream().map(Migration::name).collect(Collectors.joining(", ", " but ", ""));
    }

    private SortedMap<String, String> resolved(MigratePlanOrder order) {
        MigrateObservation seen = order.observation();
        SortedMap<String, String> words = new TreeMap<>();
        words.put("tool", migrations.tool().name().toLowerCase(Locale.ROOT));
        words.put("database", migrations.database().value());
        for (Migration migration : seen.state().pending()) {
            words.put("migration " + migration.name(), words(migration));
        }
        words.put("schema now", seen.state().schema());
        words.put("schema afterwards", order.rehearsal().schemaAfter());
        words.put("when it fails", undoWords(seen.state()));
        words.put("approval", seen.policy().map(ApprovalPolicy::words).orElse("none asked for"));
        words.put("configuration", ConfigurationDigest.of(migrations));
        return words;
    }

    private static String words(Migration migration) {
        return migration.checksum() + ", "
                + switch (migration.wrapping()) {
                    case ONE_TRANSACTION -> "in one transaction";
                    case STATEMENT_BY_STATEMENT -> "statement by statement";
                }
                + (migration.hasUndo() ? ", undo " + migration.undo() : ", no file that goes down")
                + switch (migration.phase()) {
                    case EXPAND, CONTRACT -> ", " + migration.phase().words();
                    case UNMARKED -> "";
                };
    }

    private String undoWords(MigrationState state) {
        return switch (migrations.undo()) {
            case DOWN ->
                state.pending().stream().allMatch(Migration::hasUndo)
                        ? "the files that go down, the last first"
                        : "a person is asked: not every migration has a file that goes down";
            case RESTORE ->
                migrations.database()
                        + " is put back from the backup that the run makes right before it applies; what is"
                        + " written between the snapshot of that backup and its return is LOST, as the request accepts";
            case ASK -> "a person is asked";
        };
    }

    /** Timings and ages: they differ from one rehearsal to the next. */
    private static SortedMap<String, String> shown(MigratePlanOrder order) {
        SortedMap<String, String> words = new TreeMap<>(order.observation().shown());
        Rehearsal rehearsal = order.rehearsal();
        order.observation()
                .followed()
                .ifPresent(followed -> words.put(
                        "parity",
                        followed.environment() + " has applied the same files"
                                + (rehearsal.problem().isPresent()
                                                || !order.observation().later().isEmpty()
                                        ? ""
                                        : ", and has the schema of the rehearsal")));
        words.put(
                "rehearsal",
                rehearsal.problem().map(problem -> "FAILED: " + problem).orElseGet(() -> passed(rehearsal)));
        rehearsal.tables().forEach(table -> words.put("rehearsal, " + table.table(), words(table)));
        order.observation().findings().stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.migration() + ":" + finding.line(),
                        TreeMap::new,
                        Collectors.mapping(
                                finding -> finding.weight().name().toLowerCase(Locale.ROOT) + " " + finding.rule()
                                        + ", " + finding.words(),
                                Collectors.joining("; "))))
                .forEach((where, findings) -> words.put("lint, " + where, findings));
        return words;
    }

    private static String passed(Rehearsal rehearsal) {
        return "passed on set " + rehearsal.set() + " in " + time(rehearsal.up())
                + rehearsal
                        .down()
                        .map(down -> ", undone in " + time(down) + ", applied again")
                        .orElse(", not undone");
    }

    private static String words(Rehearsal.TableEffect table) {
        return (table.lock().isEmpty() ? "no lock seen" : table.lock() + " for " + time(table.held()))
                + (table.isRewritten() ? ", rewritten" : "")
                + (table.rowsBefore() == table.rowsAfter()
                        ? ", " + rows(table.rowsBefore())
                        : ", " + rows(table.rowsBefore()) + " before, " + rows(table.rowsAfter()) + " after");
    }

    private static String rows(long count) {
        return String.format(Locale.ROOT, "%,d rows", count);
    }

    private static String time(Duration time) {
        return time.compareTo(Duration.ofSeconds(1)) < 0 ? time.toMillis() + " ms" : Quantities.time(time);
    }
}
