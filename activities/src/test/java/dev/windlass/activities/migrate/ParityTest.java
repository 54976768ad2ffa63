package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateObservation.Followed;
import dev.windlass.workflows.migrate.MigratePlan;
import dev.windlass.workflows.migrate.Rehearsal;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Production follows staging: two real databases, each with its files. */
@Tag("integration")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParityTest {
    private static final String FIRST = "0001_colour";
    private static final String SECOND = "0002_size";

    private static TwoEnvironments shop;

    @BeforeAll
    static void start() {
        shop = new TwoEnvironments();
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private static void writeBoth(String name, String column) {
        for (EnvironmentName environment : List.of(TwoEnvironments.PROD, TwoEnvironments.STAGING)) {
            write(environment, name, column);
        }
    }

    private static void write(EnvironmentName environment, String name, String column) {
        shop.write(
                environment,
                name,
                "ALTER TABLE content.courses ADD COLUMN " + column + " text;\n",
                "ALTER TABLE content.courses DROP COLUMN " + column + ";\n");
    }

    @ParameterizedTest
    @EnumSource
    void whatStagingHasAppliedMayFollowInProduction(Tool tool) {
        shop.begin(tool);
        writeBoth(FIRST, "colour");
        shop.backUp();
        refused(
                shop::observe,
                "prod follows staging, where it is not applied yet: " + shop.called(FIRST),
                "migrate staging first, see that the app does well there, then start this again",
                "migrate.md#first-elsewhere");

        shop.apply(TwoEnvironments.STAGING);
        MigrateObservation seen = shop.observe();
        assertThat(seen.followed())
                .contains(new Followed(TwoEnvironments.STAGING, shop.schema(TwoEnvironments.STAGING)));
        assertThat(seen.shown()).containsEntry("app", "nothing of it serves here, so nobody asks it afterwards");
        Rehearsal rehearsal = shop.rehearse(seen);
        assertThat(rehearsal.problem()).isEmpty();
        MigratePlan plan = shop.plan(seen, rehearsal);
        assertThat(plan.plan().shown())
                .containsEntry("parity", "staging has applied the same files, and has the schema of the rehearsal");

        sql(shop.staging, "CREATE INDEX by_hand ON content.courses (title)");
        MigrateObservation changed = shop.observe();
        refused(
                () -> shop.plan(changed, rehearsal),
                "prod follows staging, and they have drifted apart: the same migrations lead to another schema here:"
                        + " INDEX content.by_hand is missing",
                "bring both to the same migrations, each from the same file; what was changed by hand is taken back or"
                        + " becomes a migration",
                "migrate.md#drift");
    }

    @Test
    void eachDifferenceIsNamed() {
        shop.begin(Tool.SQL);
        write(TwoEnvironments.PROD, FIRST, "colour");
        shop.apply(TwoEnvironments.PROD);
        write(TwoEnvironments.PROD, SECOND, "length");
        write(TwoEnvironments.STAGING, SECOND, "width");
        write(TwoEnvironments.STAGING, "0003_more", "more");
        shop.apply(TwoEnvironments.STAGING);
        Path directory = shop.directory(TwoEnvironments.PROD);

        refused(
                shop::observe,
                "prod follows staging, and they have drifted apart: staging has applied another 0002_size than the one"
                        + " in " + directory + "; staging has applied 0003_more, which is not in " + directory
                        + "; 0001_colour is applied in prod and not in staging",
                "bring both to the same migrations, each from the same file; what was changed by hand is taken back or"
                        + " becomes a migration",
                "migrate.md#drift");
    }

    @Test
    void whatIsHalfAppliedInStagingStopsProduction() {
        shop.begin(Tool.SQL);
        writeBoth(FIRST, "colour");
        shop.apply(TwoEnvironments.STAGING);
        sql(shop.staging, "UPDATE public.windlass_migrations SET state = 'begun'");

        refused(
                shop::observe,
                "prod follows staging, and they have drifted apart: migration 0001_colour is half-applied in staging",
                "bring both to the same migrations, each from the same file; what was changed by hand is taken back or"
                        + " becomes a migration",
                "migrate.md#drift");
    }

    @Test
    void nothingIsComparedWhereNothingIsPending() {
        shop.begin(Tool.SQL);
        writeBoth(FIRST, "colour");
        shop.apply(TwoEnvironments.PROD);

        assertThat(shop.observe().rehearse()).isEmpty();
    }

    private static void refused(ThrowingCallable call, String fact, String hint, String anchor) {
        assertThatThrownBy(call)
                .satisfies(thrown -> assertThat(Failure.in(thrown))
                        .contains(new Failure(FailureType.PRECONDITION, fact, hint, anchor)));
    }
}
