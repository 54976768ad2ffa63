package dev.windlass.runbooks.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.backup.DatabaseNames;
import dev.windlass.runbooks.backup.PageSample;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.migrate.MigrateSteps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PutBackEffectsTest {
    private static final Step STEP =
            MigratePageSample.plan(Undo.RESTORE).step(MigrateSteps.APPLY).fill(Slots.of("token", "windlass-1"));

    @Test
    void theUndoOfAStepIsTakenApartAsItWasPutTogether() {
        PutBackEffects effects = PutBackEffects.in(STEP.undo(), 1);

        assertThat(effects.inOrder()).isEqualTo(STEP.undo());
        assertThat(effects.forget())
                .singleElement()
                .satisfies(forget -> assertThat(forget.argv())
                        .anyMatch(word -> word.startsWith("--command=DELETE FROM public.windlass_migrations")));
        assertThat(effects.grow()).hasSize(7).last().isInstanceOf(Sql.class);
        assertThat(effects.finish().analyze().argv())
                .contains(PageSample.TOOLS + "/vacuumdb", "--analyze-only")
                .last()
                .isEqualTo("--dbname=host='127.0.0.1' port=5432 user='windlass_backup' dbname='windlass-1'");
        assertThat(effects.clear().getFirst()).isEqualTo(effect("DROP DATABASE IF EXISTS \"windlass-1\" WITH (FORCE)"));
    }

    @Test
    void theNamesChangeInOneTransactionAfterTheSessionsHaveEnded() {
        PutBackEffects effects = PutBackEffects.in(STEP.undo(), 1);

        assertThat(List.of(
                        effects.finish().close(),
                        effects.finish().whole(),
                        effects.swap().close(),
                        effects.swap().end(),
                        effects.swap().rename(),
                        effects.swap().open()))
                .extracting(Sql::statement)
                .containsExactly(
                        "ALTER DATABASE \"windlass-1\" ALLOW_CONNECTIONS false",
                        "ALTER DATABASE \"windlass-1\" RENAME TO \"shop_production_restored_{mark}\"",
                        "ALTER DATABASE \"shop_production\" ALLOW_CONNECTIONS false",
                        "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname ="
                                + " 'shop_production' AND backend_type = 'client backend'",
                        "BEGIN; ALTER DATABASE \"shop_production\" RENAME TO \"shop_production_broken_{mark}\"; ALTER"
                                + " DATABASE \"shop_production_restored_{mark}\" RENAME TO \"shop_production\"; ALTER DATABASE"
                                + " \"shop_production\" ALLOW_CONNECTIONS true; COMMIT",
                        "ALTER DATABASE \"shop_production\" ALLOW_CONNECTIONS true");
        assertThat(STEP.undo().stream().filter(Sql.class::isInstance).map(Sql.class::cast))
                .as("sessions in another database")
                .allMatch(sql -> sql.connection().equals("maintenance"));
        assertThat(STEP.undo().stream().filter(Command.class::isInstance)).isNotEmpty();
    }

    @Test
    void namesFitIntoWhatPostgresqlKeepsOfThem() {
        DatabaseNames names = new DatabaseNames("ü".repeat(31));

        String mark = DatabaseNames.mark(new SetId("20261125T040000Z-0c0ffee0"));
        assertThat(mark).isEqualTo("20261125t040000z_0c0ffee0");
        assertThat(names.broken(mark)).isEqualTo("ü".repeat(15) + "_broken_" + mark);
        assertThat(names.restored(mark).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
        assertThat(new DatabaseNames("shop").broken(mark)).isEqualTo("shop_broken_20261125t040000z_0c0ffee0");
        assertThat(DatabaseNames.drop("a \"b\"")).isEqualTo("DROP DATABASE \"a \"\"b\"\"\"");
        assertThat(new DatabaseNames("shop").maintenance()).isEqualTo("postgres");
        assertThat(new DatabaseNames("postgres").maintenance()).isEqualTo("template1");
    }

    private static Effect effect(String statement) {
        return new Sql(Access.CHANGES, "maintenance", statement);
    }
}
