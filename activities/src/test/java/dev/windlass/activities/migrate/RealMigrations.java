package dev.windlass.activities.migrate;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.backup.RealRunbooks;
import dev.windlass.activities.backup.ScratchUser;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.TestServers;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.runbooks.migrate.PlanOfMigrate;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.migrate.MigrateActivities;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateObservation.ProvenSet;
import dev.windlass.workflows.migrate.MigrateOrder;
import dev.windlass.workflows.migrate.MigratePlanOrder;
import dev.windlass.workflows.migrate.MigratePlanningActivities;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.MigrationState;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.RehearseOrder;
import dev.windlass.workflows.migrate.SchemaReport;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The activities of a migration over a real PostgreSQL and the real tools. Each {@link #begin} starts from the same tables. */
final class RealMigrations implements AutoCloseable {
    private static final AppName SHOP = new AppName("shop");
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private final RealRunbooks runbooks = new RealRunbooks();
    final Database database = runbooks.database;
    final Migrators migrators = new Migrators(database);
    private int projects;
    private int backups;
    private Undo undo = Undo.DOWN;
    private String user = database.user();
    private MigrationProject project = new MigrationProject(Tool.SQL, runbooks.directory());
    private Operations operations = runbooks.parts().operations();
    private TestActivityEnvironment temporal = TestActivityEnvironment.newInstance(TestServers.options());
    private MigrateParts parts;

    RealMigrations() {
        parts = partsWith(Duration.ZERO);
    }

    /** An app without migrations over a database with two tables; its way back is the files that go down. */
    RealMigrations begin(Tool tool, Duration lockPatience) {
        return begin(tool, lockPatience, Undo.DOWN);
    }

    RealMigrations begin(Tool tool, Duration lockPatience, Undo wayBack) {
        undo = wayBack;
        PostgresForTests.sql(
                database,
                "DROP SCHEMA IF EXISTS content CASCADE",
                "DROP TABLE IF EXISTS public.windlass_migrations, public._prisma_migrations,"
                        + " public.flyway_schema_history",
                "CREATE SCHEMA content",
                "CREATE TABLE content.courses (id int PRIMARY KEY, title text NOT NULL, price numeric(12, 2))",
                "CREATE TABLE content.people (id int PRIMARY KEY, email text)",
                "INSERT INTO content.courses SELECT i, 'course ' || i, i FROM generate_series(1, 2000) AS i",
                "INSERT INTO content.people SELECT i, i || '@example.com' FROM generate_series(1, 50) AS i");
        project = MigrationProject.in(runbooks.directory().resolve("project" + ++projects), tool);
        parts = partsWith(lockPatience);
        renew();
        return this;
    }

    /** One that was cancelled once cancels whatever comes after. */
    void renew() {
        temporal.close();
        temporal = TestActivityEnvironment.newInstance(TestServers.options());
        temporal.registerActivitiesImplementations(
                new MigrateActivitiesImpl(parts), new MigratePlanningActivitiesImpl(parts));
    }

    /** From the next {@link #begin} on. */
    void connectAs(String name) {
        user = name;
    }

    private MigrateParts partsWith(Duration lockPatience) {
        MigrateParts made = ShopParts.of(runbooks.parts(), SHOP, PROD, migrations(), user, lockPatience);
        operations = made.operations();
        return made;
    }

    Migrations migrations() {
        return new Migrations(
                project.tool(),
                database.name(),
                project.directory().toString(),
                project.command(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMillis(1500),
                Duration.ofMinutes(1),
                Duration.ofHours(24),
                undo,
                Optional.empty());
    }

    /** A good one in a transaction, and one that builds an index outside of any. */
    void writeGoodOnes(String colour, String index) {
        project.writeGoodOnes(colour, index);
    }

    String called(String name) {
        return project.called(name);
    }

    void write(String name, String up, String down) {
        project.write(name, up, down);
    }

    Path directory() {
        return project.directory();
    }

    MigrateParts parts() {
        return parts;
    }

    MigrateActivities activities() {
        return temporal.newActivityStub(MigrateActivities.class, options());
    }

    MigratePlanningActivities planning() {
        return temporal.newActivityStub(MigratePlanningActivities.class, options());
    }

    private static ActivityOptions options() {
        return ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                // A cancellation comes back with a heartbeat, and those are sent at four fifths of this.
                .setHeartbeatTimeout(Duration.ofSeconds(5))
                .build();
    }

    void cancel() {
        temporal.requestCancelActivity();
    }

    ProvenSet backUp() {
        Manifest manifest = runbooks.start(BackupWorkflow.class, "backup" + ++backups)
                .run(new BackupRequest(List.of(), "test"))
                .manifest();
        return new ProvenSet(manifest.set(), manifest.databases().getFirst().snapshotAt(), manifest);
    }

    MigrateRequest request(String... accepted) {
        return new MigrateRequest(
                SHOP, PROD, new TreeSet<>(Arrays.asList(accepted)), new Requester("test", Optional.empty()));
    }

    MigrateRequest beforeADeploy() {
        return new MigrateRequest(
                SHOP, PROD, new TreeSet<>(), new Requester("test", Optional.empty()), MigrateRequest.Extent.EXPAND);
    }

    Rehearsal rehearse(MigrateObservation seen) {
        return activities()
                .rehearse(new RehearseOrder(
                        seen.rehearse().orElseThrow(), SHOP, PROD, seen.newest().orElseThrow(), seen.state()));
    }

    /** Without lint, backup and rehearsal. */
    Run plan() {
        MigrationState state = state();
        MigrateObservation seen = new MigrateObservation(
                database.name(),
                Duration.ofHours(1),
                state,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Sorted.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                undo.wayBack());
        return plan(
                seen,
                new Rehearsal(
                        new SetId("20261124T030000Z-1f3a09bc"),
                        Optional.empty(),
                        state.schema(),
                        state.schema(),
                        Duration.ZERO,
                        Optional.empty(),
                        List.of()));
    }

    Run plan(MigrateObservation seen, Rehearsal rehearsal) {
        Plan plan = new PlanOfMigrate(
                        operations,
                        migrations(),
                        tools(),
                        ScratchUser.of(operations.backup().scratch()))
                .plan(new MigratePlanOrder(request(), seen, rehearsal));
        return new Run(plan, seen.state(), rehearsal);
    }

    /** The activities of one run, as the workflow calls them. */
    final class Run {
        final Plan plan;
        private final MigrationState before;
        private final Rehearsal rehearsal;
        /** Where the way back is a restore. */
        Optional<ProvenSet> restorePoint = Optional.empty();

        Run(Plan plan, MigrationState before, Rehearsal rehearsal) {
            this.plan = plan;
            this.before = before;
            this.rehearsal = rehearsal;
        }

        MigrateOrder order(StepId step) {
            return new MigrateOrder(plan.step(step), SHOP, PROD, before, rehearsal, Optional.empty(), restorePoint);
        }

        dev.windlass.workflows.migrate.ApplyReport apply() {
            return activities().apply(order(MigrateSteps.APPLY));
        }

        SchemaReport verify() {
            return activities().verify(order(MigrateSteps.VERIFY));
        }

        void undo() {
            activities().undo(order(MigrateSteps.APPLY));
        }

        PutBack putBack() {
            return activities().putBack(order(MigrateSteps.APPLY));
        }

        SchemaReport checkUndone() {
            return activities().checkUndone(order(MigrateSteps.APPLY));
        }
    }

    /** As a deploy looks at it. */
    SchemaObservation seenByDeploys() {
        return new AppliedMigrations(parts).look(SHOP, PROD, PostgresForTests.context("plan"));
    }

    MigrationState state() {
        StepContext context = PostgresForTests.context("look");
        RealDatabase real = RealDatabase.of(parts, migrations(), tools(), context);
        return new Standing(real.looking().rows())
                .state(real.files().all(), real.looking().schema());
    }

    /** Schema and rows of everything but the tool's own table. */
    String everything() {
        String rows = List.of("content.courses", "content.people").stream()
                .map(table -> table + " "
                        + PostgresForTests.value(
                                database,
                                "SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) FROM " + table
                                        + " t"))
                .collect(Collectors.joining("\n"));
        return state().schema() + "\n" + rows;
    }

    private String tools() {
        return database.tools().orElseThrow();
    }

    @Override
    public void close() {
        temporal.close();
        runbooks.close();
    }
}
