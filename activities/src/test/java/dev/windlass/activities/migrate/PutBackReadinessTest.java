package dev.windlass.activities.migrate;

import static dev.windlass.activities.backup.PostgresForTests.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.migrate.MigrateObservation;
import dev.windlass.workflows.migrate.MigrateRequest;
import dev.windlass.workflows.migrate.MigrateSteps;
import dev.windlass.workflows.migrate.WayBack;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What would stop a restore is said when the migration is planned. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PutBackReadinessTest {
    private static final String COLOUR = "0001_colour";

    private static RealMigrations real;

    @BeforeAll
    static void start() {
        real = new RealMigrations();
        sql(real.database, "CREATE ROLE owner NOLOGIN", "CREATE ROLE somebody LOGIN");
    }

    @AfterAll
    static void stop() {
        real.close();
    }

    private static void begin() {
        real.begin(Tool.SQL, Duration.ofSeconds(10), Undo.RESTORE);
        real.write(COLOUR, "ALTER TABLE content.courses ADD COLUMN colour text;\n", "SELECT 1;\n");
    }

    @Test
    void theLossHasToBeAcceptedByNameAndIsSaidInThePlan() {
        begin();
        assertThatThrownBy(() -> real.planning().observeMigrations(real.request()))
                .satisfies(thrown -> {
                    Failure failure = Failure.in(thrown).orElseThrow();
                    assertThat(failure.type()).isEqualTo(FailureType.PRECONDITION);
                    assertThat(failure.fact())
                            .isEqualTo(
                                    "nobody accepted that " + real.database.name() + " is put back from a backup if its"
                                            + " migration fails, and what is written in the meantime is lost");
                    assertThat(failure.hint())
                            .isEqualTo(
                                    "start it again with --accept restore, or write undo: down or undo: ask into ops.yml");
                });

        real.backUp();
        MigrateObservation seen = real.planning().observeMigrations(real.request(MigrateRequest.RESTORE));
        assertThat(seen.wayBack()).isEqualTo(WayBack.RESTORE);
        RealMigrations.Run run = real.plan(seen, real.rehearse(seen));
        assertThat(run.plan.resolved())
                .containsEntry(
                        "when it fails",
                        real.database.name()
                                + " is put back from the backup that the run makes right before it applies;"
                                + " what is written between the snapshot of that backup and its return is LOST, as the"
                                + " request accepts");
        assertThat(run.plan.step(MigrateSteps.BACKUP).title())
                .isEqualTo("Back up " + real.database.name()
                        + " by a run of its own in any case: it is put back from this backup if the migration fails");
        assertThat(real.planning().isRestorable(seen.newest().orElseThrow())).isTrue();
        real.backUp();
        assertThat(real.planning().isRestorable(seen.newest().orElseThrow()))
                .as("after a newer one was proven")
                .isFalse();
    }

    @Test
    void everythingThatARoleLacksIsSaidAtOnce() {
        begin();
        sql(real.database, "GRANT USAGE ON SCHEMA content TO somebody");
        Database asSomebody = as("somebody");

        assertThatThrownBy(() -> readiness(asSomebody).require())
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo(
                                "database " + real.database.name() + " cannot be put back from a backup by somebody: it"
                                        + " may not create databases; it is no member of postgres, who owns the database; it is no"
                                        + " member of postgres, whose objects are in it; it is no member of pg_signal_backend, and"
                                        + " may not end the sessions of others"));

        sql(
                real.database,
                "ALTER DATABASE " + real.database.database() + " OWNER TO owner",
                "ALTER SCHEMA content OWNER TO owner",
                "ALTER TABLE content.courses OWNER TO owner",
                "ALTER TABLE content.people OWNER TO owner",
                "ALTER ROLE somebody CREATEDB",
                "GRANT owner, pg_signal_backend TO somebody",
                "CREATE EXTENSION amcheck",
                "ALTER ROLE owner IN DATABASE " + real.database.database() + " SET work_mem = '8MB'");
        assertThatThrownBy(() -> readiness(asSomebody).require())
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .endsWith(
                                " by somebody: only a superuser may create extension amcheck; only a superuser may give it"
                                        + " its setting work_mem"));

        sql(
                real.database,
                "DROP EXTENSION amcheck",
                "ALTER ROLE owner IN DATABASE " + real.database.database() + " RESET ALL");
        assertThatCode(() -> readiness(asSomebody).require()).doesNotThrowAnyException();
    }

    private static Database as(String user) {
        Database postgres = real.database;
        return new Database(
                postgres.name(),
                postgres.database(),
                postgres.environment(),
                postgres.host(),
                postgres.port(),
                user,
                postgres.password(),
                postgres.tools(),
                postgres.smoke());
    }

    private static PutBackReadiness readiness(Database database) {
        return new PutBackReadiness(real.parts(), database, PostgresForTests.context("plan"));
    }
}
