package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.RealRunbooks;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.runbooks.config.App;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.migrate.MigratorCommands;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.MigrateActivities;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigratePlanningActivities;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.RehearseOrder;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** One app in two environments, of which prod follows staging; each with its database and its files. */
final class TwoEnvironments implements AutoCloseable {
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final EnvironmentName STAGING = new EnvironmentName("staging");
    private static final AppName SHOP = new AppName("shop");

    private final RealRunbooks runbooks = new RealRunbooks();
    private final Database production = runbooks.database;
    final Database staging = runbooks.postgres.createDatabase();
    private final Map<EnvironmentName, MigrationProject> projects = new TreeMap<>();
    private TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(TestServers.options());
    private MigrateParts parts = partsWith(Map.of());
    private int begun;

    /** Both without migrations. */
    void begin(Tool tool) {
        begun++;
        for (EnvironmentName environment : List.of(PROD, STAGING)) {
            PostgresForTests.sql(
                    database(environment),
                    "DROP SCHEMA IF EXISTS content CASCADE",
                    "DROP TABLE IF EXISTS public.windlass_migrations, public._prisma_migrations,"
                            + " public.flyway_schema_history",
                    "CREATE SCHEMA content",
                    "CREATE TABLE content.courses (id int PRIMARY KEY, title text NOT NULL)",
                    "INSERT INTO content.courses SELECT i, 'course ' || i FROM generate_series(1, 20) AS i");
            projects.put(
                    environment, MigrationProject.in(runbooks.directory().resolve(environment + "-" + begun), tool));
        }
        parts = partsWith(Map.of(PROD, migrations(PROD), STAGING, migrations(STAGING)));
        temporal.close();
        temporal = TestActivityEnvironment.newInstance(TestServers.options());
        temporal.registerActivitiesImplementations(
                new MigrateActivitiesImpl(parts), new MigratePlanningActivitiesImpl(parts));
    }

    private Database database(EnvironmentName environment) {
        return environment.equals(PROD) ? production : staging;
    }

    private Migrations migrations(EnvironmentName environment) {
        MigrationProject project = project(environment);
        return new Migrations(
                project.tool(),
                database(environment).name(),
                project.directory().toString(),
                project.command(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1),
                Duration.ofHours(24),
                Undo.DOWN,
                environment.equals(PROD) ? Optional.of(STAGING) : Optional.empty());
    }

    private MigrateParts partsWith(Map<EnvironmentName, Migrations> migrations) {
        BackupParts backup = runbooks.parts();
        Operations old = backup.operations();
        App sample = ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml")))
                .operations()
                .app(SHOP);
        Operations operations = new Operations(
                old.team(),
                old.state(),
                old.temporal(),
                Map.of(production.name(), production, staging.name(), staging),
                old.stores(),
                old.backup(),
                old.notifications(),
                Map.of(SHOP, new App(SHOP, sample.environments(), Map.of(), migrations)),
                old.people(),
                old.approvals());
        return new MigrateParts(
                new BackupParts(
                        operations,
                        backup.shell(),
                        backup.sealedFiles(),
                        backup.stores(),
                        backup.identities(),
                        backup.connections(),
                        backup.journal(),
                        backup.clock()),
                (request, workflowId) -> Optional.empty(),
                List.of(
                        Path.of("/usr/local/bin"),
                        Path.of(System.getProperty("user.home"), ".cache", "windlass", "squawk", "bin")),
                Duration.ofSeconds(10));
    }

    void write(EnvironmentName environment, String name, String up, String down) {
        project(environment).write(name, up, down);
    }

    /** As the tool does. */
    String called(String name) {
        return project(PROD).called(name);
    }

    Path directory(EnvironmentName environment) {
        return project(environment).directory();
    }

    private MigrationProject project(EnvironmentName environment) {
        return projects.getOrDefault(environment, new MigrationProject(Tool.SQL, runbooks.directory()));
    }

    void backUp() {
        runbooks.start(BackupWorkflow.class, "backup-" + begun).run(new BackupRequest(List.of(), "test"));
    }

    MigrateObservation observe() {
        return planning().observeMigrations(request());
    }

    Rehearsal rehearse(MigrateObservation seen) {
        return activities()
                .rehearse(new RehearseOrder(
                        seen.rehearse().orElseThrow(), SHOP, PROD, seen.newest().orElseThrow(), seen.state()));
    }

    MigratePlan plan(MigrateObservation seen, Rehearsal rehearsal) {
        return planning().planMigrate(new MigratePlanOrder(request(), seen, rehearsal));
    }

    private static MigrateRequest request() {
        return new MigrateRequest(SHOP, PROD, new TreeSet<>(), new Requester("test", Optional.empty()));
    }

    String schema(EnvironmentName environment) {
        return real(environment).looking().schema().fingerprint();
    }

    /** Whatever is pending there, as a run applies it. */
    void apply(EnvironmentName environment) {
        RealDatabase real = real(environment);
        MigrationState state = new Standing(real.looking().rows())
                .state(real.files().all(), real.looking().schema());
        Step step = Step.of(
                        MigrateSteps.APPLY,
                        "Apply",
                        MigratorCommands.of(real.migrations()).apply(state.pending(), real.place()))
                .withSlots("token");
        Rehearsal none = new Rehearsal(
                new SetId("20261124T030000Z-1f3a09bc"),
                Optional.empty(),
                state.schema(),
                state.schema(),
                Duration.ZERO,
                Optional.empty(),
                List.of());
        ApplyReport report = activities()
                .apply(new MigrateOrder(step, SHOP, environment, state, none, Optional.empty(), Optional.empty()));
        if (report instanceof ApplyReport.Failed failed) {
            throw new AssertionError(failed.reason());
        }
    }

    private RealDatabase real(EnvironmentName environment) {
        return parts.real(SHOP, environment, PostgresForTests.context("look"));
    }

    private MigrateActivities activities() {
        return temporal.newActivityStub(MigrateActivities.class, options());
    }

    private MigratePlanningActivities planning() {
        return temporal.newActivityStub(MigratePlanningActivities.class, options());
    }

    private static ActivityOptions options() {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                .setHeartbeatTimeout(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public void close() {
        temporal.close();
        runbooks.close();
    }
}
