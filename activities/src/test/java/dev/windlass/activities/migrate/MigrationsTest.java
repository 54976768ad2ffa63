package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static dev.windlass.activities.backup.PostgresForTests.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.deploy.SchemaObservation;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.migrate.AppliedMigration;
import dev.windlass.workflows.migrate.ApplyReport;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.SchemaReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applying and undoing, with the real tools on a real PostgreSQL; the same facts for each tool. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MigrationsTest {
    private static final String COLOUR = "0001_colour";
    private static final String INDEX = "0002_index";
    private static final String HALF = "0001_half";
    private static final Duration LONG = Duration.ofMinutes(1);

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
    void appliesWhatIsPendingAndTakesItBackExactly(Tool tool) {
        real.begin(tool, LONG);
        real.writeGoodOnes(COLOUR, INDEX);
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply()).isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR), real.called(INDEX))));
        String after = real.everything();
        assertThat(after).isNotEqualTo(before);
        assertThat(real.state().pending()).isEmpty();
        assertThat(real.state().applied()).containsExactly(real.called(COLOUR), real.called(INDEX));
        assertThat(run.apply())
                .as("a second time")
                .isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR), real.called(INDEX))));
        assertThat(real.everything()).isEqualTo(after);
        assertThat(run.verify())
                .as("rehearsed was nothing")
                .isInstanceOfSatisfying(
                        SchemaReport.Different.class,
                        different -> assertThat(different.reason())
                                .startsWith("the schema is not as rehearsed: its fingerprint is sha256:"));
        assertThat(run.checkUndone())
                .isEqualTo(new SchemaReport.Different(
                        "still applied: " + real.called(COLOUR) + ", " + real.called(INDEX)));

        run.undo();

        assertThat(run.checkUndone())
                .isEqualTo(new SchemaReport.AsExpected(
                        "the database stands as before: 0 migrations applied, the same schema"));
        assertThat(real.everything()).isEqualTo(before);
        run.undo();
        assertThat(real.everything()).as("undone twice").isEqualTo(before);
        assertThat(run.apply())
                .as("after an undo")
                .isEqualTo(new ApplyReport.Applied(List.of(real.called(COLOUR), real.called(INDEX))));
        assertThat(real.everything()).isEqualTo(after);
    }

    @ParameterizedTest
    @EnumSource
    void deploysSeeWhatIsAppliedWithTheMarkOfItsFile(Tool tool) {
        real.begin(tool, LONG);
        assertThat(real.seenByDeploys()).isEqualTo(new SchemaObservation.Seen(List.of(), Optional.empty()));
        real.write(
                COLOUR,
                "-- windlass: expand\nALTER TABLE content.courses ADD COLUMN colour text;\n",
                "ALTER TABLE content.courses DROP COLUMN colour;\n");
        real.write(
                INDEX,
                "-- windlass: contract, no transaction\nDROP INDEX CONCURRENTLY IF EXISTS content.people_email;\n",
                "SELECT 1;\n");
        real.write("0003_plain", "SELECT 1;\n", "SELECT 1;\n");
        List<Migration> files = real.state().pending();
        real.plan().apply();

        assertThat(real.seenByDeploys())
                .isEqualTo(new SchemaObservation.Seen(
                        files.stream()
                                .map(file -> new SchemaObservation.Marked(
                                        new AppliedMigration(file.name(), file.checksum()), file.phase()))
                                .toList(),
                        Optional.empty()));
        assertThat(files).extracting(Migration::phase).containsExactly(Phase.EXPAND, Phase.CONTRACT, Phase.UNMARKED);

        real.write("0003_plain", "-- windlass: expnad\n", "SELECT 1;\n");
        assertThat(real.seenByDeploys()).isInstanceOfSatisfying(SchemaObservation.Seen.class, seen -> {
            assertThat(seen.problem().orElseThrow()).endsWith(":1: \"expnad\" says nothing to Windlass");
            assertThat(seen.applied()).hasSize(3).allMatch(each -> each.phase() == Phase.UNMARKED);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatFailsInItsMiddleLeavesNothing(Tool tool) {
        real.begin(tool, LONG);
        real.writeGoodOnes(COLOUR, INDEX);
        real.write(
                "0003_broken",
                "ALTER TABLE content.people ADD COLUMN a int;\nALTER TABLE content.nobody ADD COLUMN b int;\n"
                        + "ALTER TABLE content.people ADD COLUMN c int;\n",
                "ALTER TABLE content.people DROP COLUMN a, DROP COLUMN c;\n");
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply()).isInstanceOfSatisfying(ApplyReport.Failed.class, failed -> {
            assertThat(failed.applied()).containsExactly(real.called(COLOUR), real.called(INDEX));
            assertThat(failed.reason())
                    .startsWith("migration " + real.called("0003_broken") + ": ")
                    .contains("nobody");
        });
        assertThat(value(
                        real.database,
                        "SELECT count(*) FROM pg_attribute WHERE attrelid ="
                                + " 'content.people'::regclass AND attname IN ('a', 'c')"))
                .isEqualTo("0");

        run.undo();

        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void statementsByThemselvesThatFailInTheirMiddleAreTakenBackByTheDownFile(Tool tool) {
        real.begin(tool, LONG);
        real.write(
                HALF,
                "-- windlass: no transaction\nBEGIN; ALTER TABLE content.people ADD COLUMN a int; COMMIT;\n"
                        + "ALTER TABLE content.nobody ADD COLUMN b int;\n"
                        + "ALTER TABLE content.people ADD COLUMN c int;\n",
                "ALTER TABLE content.people DROP COLUMN IF EXISTS a, DROP COLUMN IF EXISTS c;\n");
        String half = real.called(HALF);
        String before = real.everything();
        RealMigrations.Run run = real.plan();

        assertThat(run.apply())
                .isInstanceOfSatisfying(
                        ApplyReport.Failed.class,
                        failed -> assertThat(failed.applied()).isEmpty());
        assertThat(real.state().half()).isPresent();
        assertThat(run.checkUndone()).isEqualTo(new SchemaReport.Different("migration " + half + " is half-applied"));
        assertThat(run.apply())
                .as("again: it is not run over what it left")
                .isInstanceOfSatisfying(
                        ApplyReport.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("migration " + half
                                        + " was cut off, and some of its statements may have taken" + " effect"));

        run.undo();

        assertThat(run.checkUndone()).isInstanceOf(SchemaReport.AsExpected.class);
        assertThat(real.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void aFileOrADatabaseThatChangedSinceThePlanStopsIt(Tool tool) {
        real.begin(tool, LONG);
        real.writeGoodOnes(COLOUR, INDEX);
        RealMigrations.Run run = real.plan();

        sql(real.database, "ALTER TABLE content.people ADD COLUMN by_hand int");
        assertThatThrownBy(run::apply)
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .startsWith("the database does not stand as when the plan was made: its fingerprint is"));
        sql(real.database, "ALTER TABLE content.people DROP COLUMN by_hand");
        real.write(INDEX, "SELECT 1;\n", "SELECT 1;\n");
        assertThatThrownBy(run::apply)
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#file-changed"));
        assertThat(real.state().applied()).isEmpty();
    }

    @Test
    void whenNobodyCanTellWhetherRowsWereChangedAPersonIsAsked() {
        real.begin(Tool.PRISMA, LONG);
        real.write(
                COLOUR,
                "UPDATE content.courses SET price = price * 2;\n",
                "UPDATE content.courses SET price = price / 2;\n");
        RealMigrations.Run run = real.plan();
        run.apply();
        run.undo();
        // As a killed Prisma leaves it, whose transaction may have been committed all the same.
        sql(
                real.database,
                "INSERT INTO public._prisma_migrations (id, checksum, migration_name) VALUES ('1', '0', '" + COLOUR
                        + "')");

        assertThat(run.apply())
                .isEqualTo(new ApplyReport.Failed(
                        "migration 0001_colour was cut off, and may have taken effect", List.of()));
        assertThatThrownBy(run::undo)
                .satisfies(thrown ->
                        assertThat(Failure.in(thrown).orElseThrow().anchor()).isEqualTo("migrate.md#nobody-knows"));
    }
}
