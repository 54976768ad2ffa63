package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Rehearsal;
import dev.windlass.workflows.migrate.Rehearsal.TableEffect;
import dev.windlass.workflows.migrate.SchemaReport;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From looking to a verified migration, over a real backup, a real scratch cluster and the real tools. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RehearsalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String COLOUR = "0001_colour";

    private static RealMigrations real;

    @BeforeAll
    static void start() {
        real = new RealMigrations();
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRehearsedIsWhatHappens(Tool tool) throws IOException {
        real.begin(tool, PATIENCE);
        real.write(
                COLOUR,
                "ALTER TABLE content.courses ADD COLUMN colour text;\nSELECT pg_sleep(0.3);\n"
                        + "INSERT INTO content.people VALUES (51, 'new@example.com');\n",
                "DELETE FROM content.people WHERE id = 51;\nALTER TABLE content.courses DROP COLUMN colour;\n");
        real.backUp();

        MigrateObservation seen = real.planning().observeMigrations(real.request());
        Rehearsal rehearsal = real.rehearse(seen);

        assertThat(rehearsal.problem()).isEmpty();
        assertThat(rehearsal.schemaBefore()).isEqualTo(seen.state().schema());
        assertThat(rehearsal.up()).isGreaterThan(Duration.ofMillis(300));
        assertThat(rehearsal.down()).isPresent();
        assertThat(rehearsal.tables()).extracting(TableEffect::table).contains("content.courses", "content.people");
        assertThat(rehearsal.tables().getFirst()).satisfies(courses -> {
            assertThat(courses.table()).isEqualTo("content.courses");
            assertThat(courses.lock()).isEqualTo("AccessExclusiveLock");
            assertThat(courses.held()).isGreaterThan(Duration.ofMillis(200));
            assertThat(courses.isRewritten()).isFalse();
            assertThat(courses.rowsAfter()).isEqualTo(2000);
        });
        assertThat(real.state()).as("the database itself").isEqualTo(seen.state());
        RealMigrations.Run run = real.plan(seen, rehearsal);
        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR))));
        assertThat(run.verify())
                .isEqualTo(new SchemaReport.AsExpected("1 migration applied, the schema is the rehearsed one"));
        sql(real.database, "ALTER TABLE content.people ADD COLUMN by_hand int");
        assertThat(run.verify())
                .isEqualTo(new SchemaReport.Different(
                        "the schema is not as rehearsed: TABLE content.people has: by_hand integer"));
        try (var left = Files.list(real.directory().resolveSibling("scratch"))) {
            assertThat(left).as("scratch clusters that are left").isEmpty();
        }
    }

    @Test
    void beforeADeployOnlyWhatIsExpandIsRehearsedAndApplied() {
        real.begin(Tool.SQL, PATIENCE);
        real.write(
                COLOUR,
                "-- windlass: expand\nALTER TABLE content.courses ADD COLUMN colour text;\n",
                "ALTER TABLE content.courses DROP COLUMN colour;\n");
        real.write(
                "0002_no_email",
                "-- windlass: contract\nALTER TABLE content.people DROP COLUMN email;\n",
                "ALTER TABLE content.people ADD COLUMN email text;\n");
        real.backUp();

        MigrateObservation seen = real.planning().observeMigrations(real.beforeADeploy());
        RealMigrations.Run run = real.plan(seen, real.rehearse(seen));

        assertThat(seen.later()).extracting(Migration::name).containsExactly("0002_no_email");
        assertThat(run.plan.step(MigrateSteps.VERIFY).title())
                .isEqualTo("See that nothing but 0002_no_email is pending and that the schema is the rehearsed one");
        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(COLOUR)));
        assertThat(run.verify()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.state().pending()).extracting(Migration::name).containsExactly("0002_no_email");
    }

    @ParameterizedTest
    @EnumSource
    void anUndoThatLiesIsFoundOut(Tool tool) {
        real.begin(tool, PATIENCE);
        real.write(
                COLOUR,
                "ALTER TABLE content.courses ADD COLUMN colour text;\nCREATE TABLE content.hues (id bigint);\n",
                "DROP TABLE content.hues;\n");
        real.backUp();
        MigrateObservation seen = real.planning().observeMigrations(real.request());

        assertThat(real.rehearse(seen).problem())
                .contains("the undo does not restore the schema: TABLE content.courses has: colour text");

        real.write(
                COLOUR,
                "INSERT INTO content.people VALUES (51, 'new@example.com');\n",
                "UPDATE content.people SET email = 'old@example.com' WHERE id = 51;\n");
        assertThat(real.rehearse(real.planning().observeMigrations(real.request()))
                        .problem())
                .contains("the undo does not restore the rows: content.people has 51 rows instead of 50");
    }

    @Test
    void dataThatAMigrationCannotBearIsMetInTheRehearsal() {
        real.begin(Tool.SQL, PATIENCE);
        real.write(
                COLOUR,
                "ALTER TABLE content.courses ALTER COLUMN price TYPE numeric(5, 2);\n",
                "ALTER TABLE content.courses ALTER COLUMN price TYPE numeric(12, 2);\n");
        real.backUp();

        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> {
                    Failure failure = Failure.in(thrown).orElseThrow();
                    assertThat(failure.type()).isEqualTo(FailureType.PRECONDITION);
                    assertThat(failure.fact())
                            .startsWith("nobody accepted what the lint calls destructive: changing-column-type; the"
                                    + " first is in 0001_colour line 1: Changing a column type requires");
                    assertThat(failure.hint())
                            .isEqualTo("change the migration, or name what is meant: --accept changing-column-type");
                });

        Rehearsal rehearsal = real.rehearse(real.planning().observeMigrations(real.request("changing-column-type")));
        assertThat(rehearsal.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("the migration fails: psql:")
                        .endsWith("ERROR:  22003: numeric field overflow"));
        assertThat(rehearsal.schemaAfter()).isEqualTo(rehearsal.schemaBefore());
        assertThat(real.state().applied()).isEmpty();
    }

    @Test
    void aRewrittenTableIsToldAndADatabaseThatStrayedIsNotRehearsed() {
        real.begin(Tool.SQL, PATIENCE);
        real.write(
                COLOUR,
                "ALTER TABLE content.courses ALTER COLUMN id TYPE bigint;\n",
                "ALTER TABLE content.courses ALTER COLUMN id TYPE int;\n");
        real.backUp();
        MigrateObservation seen = real.planning().observeMigrations(real.request("changing-column-type"));

        assertThat(real.rehearse(seen).tables())
                .filteredOn(TableEffect::isRewritten)
                .extracting(TableEffect::table)
                .containsExactly("content.courses");

        sql(real.database, "CREATE TABLE content.by_hand (id int)");
        assertThat(real.rehearse(real.planning().observeMigrations(real.request("changing-column-type")))
                        .problem())
                .contains("the copy has another schema than the database has now: TABLE content.by_hand is missing;"
                        + " somebody changed it by hand since the backup, so make a new one first");
    }

    @Test
    void whatCannotBePlannedIsSaid() {
        real.begin(Tool.SQL, PATIENCE);
        real.write(COLOUR, "ALTER TABLE content.courses ADD COLUMN colour text;\n", "SELECT 1;\n");
        RealMigrations.Run run = real.plan();
        run.apply();
        assertThat(real.planning().observeMigrations(real.request()).rehearse()).isEmpty();

        real.write(COLOUR, "ALTER TABLE content.courses ADD COLUMN color text;\n", "SELECT 1;\n");
        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo("migration 0001_colour was applied, and its file has changed since"));
        sql(real.database, "UPDATE public.windlass_migrations SET state = 'begun'");
        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo("migration 0001_colour has begun and did not end"));
        real.write("colour", "SELECT 1;\n", "SELECT 1;\n");
        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .endsWith(
                                "/colour.down.sql is not named as a migration, so nobody can tell when it should run"));
    }
}
