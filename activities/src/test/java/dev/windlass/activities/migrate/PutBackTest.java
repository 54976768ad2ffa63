package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.GrowingDatabase;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.RecordedEffects;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.PlanEquality;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.PutBack;
import dev.windlass.workflows.migrate.PutBack.Restored;
import dev.windlass.workflows.migrate.SchemaReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way back by a restore, over a real backup on a real PostgreSQL; the same facts for each tool. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PutBackTest {
    private static PutBackRig rig;
    private static RealMigrations real;

    @BeforeAll
    static void start() {
        rig = new PutBackRig();
        real = rig.real;
    }

    @BeforeEach
    void dropWhatIsKept() {
        rig.dropWhatIsKept();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseIsAsInItsBackupAndTheOneThatFailedIsKept(Tool tool) throws SQLException {
        RealMigrations.Run run = rig.begin(tool);
        String before = real.everything();
        String name = real.database.database();
        String itself = rig.itself(name);
        RecordedEffects effects = (RecordedEffects) real.parts().backup().journal();
        effects.forget();
        assertThat(run.apply())
                .isInstanceOfSatisfying(
                        ApplyReport.Failed.class,
                        failed -> assertThat(failed.applied())
                                .containsExactly(real.called(PutBackRig.COLOUR), real.called(PutBackRig.INDEX)));
        sql(real.database, "INSERT INTO content.people VALUES (1000, 'since@example.com')");

        Restored restored;
        try (Connection app = PostgresForTests.open(real.database);
                Statement idle = app.createStatement()) {
            idle.execute("SELECT 1");
            restored = rig.restored(run.putBack());
            assertThatThrownBy(() -> idle.execute("SELECT 1"))
                    .as("the session of the app")
                    .isInstanceOf(SQLException.class);
        }

        assertThat(run.checkUndone())
                .isEqualTo(new SchemaReport.AsExpected(
                        "the database stands as before: 0 migrations applied, the same schema"));
        assertThat(real.everything()).isEqualTo(before);
        assertThat(rig.itself(name)).isEqualTo(itself).contains("it's the shop").contains("public, content");
        assertThat(value(real.database, "SELECT reltuples FROM pg_class WHERE oid = 'content.courses'::regclass"))
                .as("statistics")
                .isEqualTo("2000");
        assertThat(rig.names()).containsExactly(name, restored.kept());
        assertThat(restored.kept()).startsWith(name + "_broken_");
        assertThat(restored.snapshotAt()).isBefore(restored.until());
        assertThat(new PlanEquality(run.plan, Set.of())
                        .differences(effects.all().stream()
                                .filter(each -> each.effect().access() == Access.CHANGES)
                                .toList()))
                .isEmpty();

        assertThat(rig.restored(run.putBack()).kept()).as("a second time").isEqualTo(restored.kept());
        assertThat(real.everything()).isEqualTo(before);

        assertThatThrownBy(() -> PostgresForTests.open(GrowingDatabase.named(real.database, restored.kept())))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .contains("not currently accepting connections"));
        sql(rig.server, restored.open());
        Database kept = GrowingDatabase.named(real.database, restored.kept());
        assertThat(value(kept, "SELECT email FROM content.people WHERE id = 1000"))
                .isEqualTo("since@example.com");
        sql(rig.server, restored.drop());
        assertThat(rig.names()).containsExactly(name);
    }

    @Test
    void goesOnWhereAnAttemptBeforeItWasKilled() {
        RealMigrations.Run run = rig.begin(Tool.SQL);
        String before = real.everything();
        String name = real.database.database();
        run.apply();
        Restored restored = rig.restored(run.putBack());
        String kept = restored.kept();
        String whole = kept.replace("_broken_", "_restored_");

        // Whole and compared, and the database is closed: killed before the names changed.
        sql(
                rig.server,
                "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "ALTER DATABASE " + name + " RENAME TO " + whole,
                "ALTER DATABASE " + kept + " RENAME TO " + name);
        assertThat(rig.restored(run.putBack()).kept()).isEqualTo(kept);
        assertThat(real.everything()).isEqualTo(before);
        assertThat(rig.names()).containsExactly(name, kept);

        // The names by hand, and not to the end: nobody guesses which one is meant.
        sql(rig.server, "ALTER DATABASE " + name + " RENAME TO " + whole);
        assertThatThrownBy(run::putBack)
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo("the server has no database " + name + " any more, but " + kept + " and " + whole));
        sql(rig.server, "ALTER DATABASE " + whole + " RENAME TO " + name);
        assertThat(rig.restored(run.putBack()).kept()).isEqualTo(kept);
    }

    @Test
    void whatOnlyLeftItsRecordIsNoReasonToLoseAnything() {
        real.begin(Tool.PRISMA, Duration.ofMinutes(1), Undo.RESTORE);
        RealMigrations.Run run = rig.planWithTheBrokenOne();
        String before = real.everything();
        assertThat(run.apply()).isInstanceOf(ApplyReport.Failed.class);
        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.Different.class);
        sql(real.database, "INSERT INTO content.people VALUES (1000, 'since@example.com')");

        assertThat(run.putBack()).isEqualTo(PutBack.withoutRestore());

        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(rig.names()).containsExactly(real.database.database());
        sql(real.database, "DELETE FROM content.people WHERE id = 1000");
        assertThat(real.everything()).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseChangedIsNotThrownAway() {
        RealMigrations.Run run = rig.begin(Tool.SQL);
        sql(real.database, "ALTER TABLE content.people ADD COLUMN by_hand int");
        assertThatThrownBy(run::apply)
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#database-moved"));

        assertThat(run.putBack()).isEqualTo(PutBack.withoutRestore());
        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.Different.class);
        assertThat(rig.names()).containsExactly(real.database.database());
    }

    @Test
    void aCopyThatIsNotAsItWasDumpedDoesNotTakeThePlace() {
        RealMigrations.Run run = rig.begin(Tool.SQL);
        run.apply();
        String applied = real.everything();
        String name = real.database.database();
        sql(rig.server, "ALTER DATABASE " + name + " SET work_mem = '16MB'");
        try {
            assertThatThrownBy(run::putBack).satisfies(thrown -> {
                Failure failure = Failure.in(thrown).orElseThrow();
                assertThat(failure.fact())
                        .startsWith("a copy of " + name + " from set "
                                + run.restorePoint.orElseThrow().set()
                                + " differs from what was dumped: database setting work_mem: expected")
                        .endsWith("; the database itself was not touched");
                assertThat(failure.anchor()).isEqualTo("migrate.md#put-back-failed");
            });
        } finally {
            sql(rig.server, "ALTER DATABASE " + name + " SET work_mem = '8MB'");
        }
        assertThat(real.everything()).isEqualTo(applied);
        assertThat(rig.names()).containsExactly(name);
    }

    @Test
    void aRoleThatIsNoSuperuserPutsItBackAsWell() {
        String name = real.database.database();
        sql(
                rig.server,
                "CREATE ROLE windlass LOGIN CREATEDB",
                "GRANT team, pg_signal_backend TO windlass",
                // Only a superuser gives another role its settings.
                "ALTER ROLE app IN DATABASE " + name + " RESET ALL");
        real.connectAs("windlass");
        try {
            real.begin(Tool.SQL, Duration.ofMinutes(1), Undo.RESTORE);
            sql(
                    real.database,
                    "ALTER SCHEMA content OWNER TO team",
                    "ALTER TABLE content.courses OWNER TO team",
                    "ALTER TABLE content.people OWNER TO team");
            real.writeGoodOnes(PutBackRig.COLOUR, PutBackRig.INDEX);
            RealMigrations.Run run = rig.planWithTheBrokenOne();
            new PutBackReadiness(
                            real.parts(),
                            real.parts().operations().database(real.database.name()),
                            PostgresForTests.context("plan"))
                    .require();
            String before = real.everything();
            assertThat(run.apply()).isInstanceOf(ApplyReport.Failed.class);

            Restored restored = rig.restored(run.putBack());

            assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
            assertThat(real.everything()).isEqualTo(before);
            assertThat(rig.names()).containsExactly(name, restored.kept());
        } finally {
            real.connectAs(real.database.user());
            sql(rig.server, "ALTER ROLE app IN DATABASE " + name + " SET statement_timeout = '3s'");
        }
    }
}
