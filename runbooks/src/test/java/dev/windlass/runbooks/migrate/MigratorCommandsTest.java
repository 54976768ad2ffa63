package dev.windlass.runbooks.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.migrate.Migration;
import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigratorCommandsTest {
    private static final String SUM = "sha256:" + "0".repeat(64);
    private static final Migration COLOUR =
            new Migration("0003_add_colour", SUM, Wrapping.ONE_TRANSACTION, SUM, Phase.UNMARKED);
    private static final Migration INDEX =
            new Migration("0004_index", SUM, Wrapping.STATEMENT_BY_STATEMENT, SUM, Phase.UNMARKED);

    private final Operations operations =
            ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml"))).operations();

    @Test
    void sqlEntersTheRowBeforeItRunsTheFileInOneTransaction() {
        List<Effect> apply = MigratorCommands.of(sql()).apply(List.of(COLOUR), real(sql()));

        assertThat(apply).hasSize(2);
        assertThat(command(apply, 1).argv())
                .containsExactly(
                        "/pg/psql",
                        "--no-psqlrc",
                        "--quiet",
                        "--no-password",
                        "--set=ON_ERROR_STOP=1",
                        "--set=VERBOSITY=verbose",
                        "--dbname=host='127.0.0.1' port=5432 user='shop_owner' dbname='shop_production'",
                        "--single-transaction",
                        "--command=INSERT INTO public.windlass_migrations (name, checksum, state) VALUES"
                                + " ('0003_add_colour', '" + SUM + "', 'applied')",
                        "--file=/srv/sql/0003_add_colour.up.sql");
        assertThat(command(apply, 1).environment())
                .isEqualTo(Map.of(
                        "PGAPPNAME", "{token}", "PGOPTIONS", "-c lock_timeout=5000 -c statement_timeout=900000"));
        assertThat(command(apply, 1).secrets())
                .isEqualTo(Map.of("PGPASSWORD", new SecretReference("env:SHOP_OWNER_PASSWORD")));
    }

    @Test
    void sqlWithoutATransactionTellsWhatItHasBegunAndWhatIsDone() {
        List<Effect> apply = MigratorCommands.of(sql()).apply(List.of(COLOUR, INDEX), real(sql()));

        assertThat(command(apply, 2).argv())
                .doesNotContain("--single-transaction")
                .endsWith(
                        "--command=INSERT INTO public.windlass_migrations (name, checksum, state) VALUES ('0004_index', '"
                                + SUM + "', 'begun')",
                        "--file=/srv/sql/0004_index.up.sql",
                        "--command=DO $do$ BEGIN UPDATE public.windlass_migrations SET state = 'applied', applied_at ="
                                + " clock_timestamp() WHERE name = '0004_index' AND state = 'begun'; IF NOT FOUND THEN RAISE"
                                + " EXCEPTION 'migration % is not begun', '0004_index'; END IF; END $do$");
    }

    @Test
    void theLastIsUndoneFirstAndEachHasTwoWaysBack() {
        List<Effect> undo = MigratorCommands.of(sql()).undo(List.of(COLOUR, INDEX), real(sql()));

        assertThat(undo).hasSize(4).allMatch(effect -> effect.access() == Access.CHANGES);
        assertThat(UndoEffects.in(undo, 0).down().argv()).contains("--file=/srv/sql/0003_add_colour.down.sql");
        assertThat(UndoEffects.in(undo, 1).down()).isEqualTo(undo.getFirst());
        assertThat(UndoEffects.in(undo, 1).down().argv()).contains("--file=/srv/sql/0004_index.down.sql");
        assertThat(UndoEffects.in(undo, 1).forget().argv().getLast())
                .isEqualTo(
                        "--command=DELETE FROM public.windlass_migrations WHERE name = '0004_index' AND state = 'begun'");
    }

    @Test
    void halfAnUndoIsNone() {
        Migration oneWay = new Migration("0005_drop", SUM, Wrapping.ONE_TRANSACTION, "", Phase.UNMARKED);

        assertThat(MigratorCommands.of(sql()).undo(List.of(COLOUR, oneWay), real(sql())))
                .isEmpty();
    }

    @Test
    void prismaGetsAnAddressWithoutThePasswordInIt() {
        List<Effect> apply = MigratorCommands.of(prisma()).apply(List.of(COLOUR, INDEX), real(prisma()));

        assertThat(apply).hasSize(1);
        assertThat(command(apply, 0).argv())
                .containsExactly("env", "--chdir=/srv/shop", "--", "npx", "prisma", "migrate", "deploy");
        assertThat(command(apply, 0).program()).isEqualTo("npx");
        assertThat(command(apply, 0).environment().get("DATABASE_URL"))
                .isEqualTo("postgresql://shop_owner:$PGPASSWORD@127.0.0.1:5432/shop_production?application_name={token}"
                        + "&options=-c%20lock_timeout%3D5000%20-c%20statement_timeout%3D900000");
    }

    @Test
    void inAScratchClusterPrismaGoesThroughTheSocketWithoutAPassword() {
        Migrations prisma = prisma();
        Place scratch = Place.scratch(operations, prisma, "/pg");
        Command apply = command(MigratorCommands.of(prisma).apply(List.of(COLOUR), scratch), 0);

        assertThat(apply.environment().get("DATABASE_URL"))
                .startsWith("postgresql://windlass_scratch@localhost:5432/shop_production"
                        + "?host=%2Fvar%2Flib%2Fwindlass-scratch%2F{token}&application_name={token}&options=");
        assertThat(apply.secrets()).isEmpty();
    }

    @Test
    void prismaIsUndoneByOurFileTogetherWithItsRow() {
        UndoEffects undo = MigratorCommands.of(prisma()).undoEffects(COLOUR, real(prisma()));

        assertThat(undo.down().argv())
                .endsWith(
                        "--single-transaction",
                        "--command=SELECT FROM pg_advisory_xact_lock(72707369)",
                        "--command=DO $do$ BEGIN DELETE FROM public._prisma_migrations WHERE migration_name ="
                                + " '0003_add_colour' AND rolled_back_at IS NULL; IF NOT FOUND THEN RAISE EXCEPTION"
                                + " 'migration % is not applied', '0003_add_colour'; END IF; END $do$",
                        "--file=/srv/shop/prisma/migrations/0003_add_colour/down.sql");
        assertThat(undo.forget().argv().getLast())
                .isEqualTo(
                        "--command=UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE migration_name ="
                                + " '0003_add_colour' AND rolled_back_at IS NULL AND finished_at IS NULL");
    }

    @Test
    void whoeverMayReadEverythingLooksAndTheRecordItselfIsNotPartOfTheSchema() {
        List<Effect> look = MigratorCommands.of(prisma()).look(real(prisma()));

        assertThat(look).allMatch(effect -> effect.access() == Access.READS);
        assertThat(command(look, 1).argv())
                .contains("--exclude-table=public._prisma_migrations")
                .endsWith("--dbname=host='127.0.0.1' port=5432 user='windlass_backup' dbname='shop_production'");
    }

    private Place real(Migrations migrations) {
        return Place.real(operations, migrations, "/pg");
    }

    private static Command command(List<Effect> effects, int index) {
        return (Command) effects.get(index);
    }

    private static Migrations sql() {
        return migrations(Tool.SQL, "/srv/sql", List.of());
    }

    private static Migrations prisma() {
        return migrations(Tool.PRISMA, "/srv/shop", List.of("npx", "prisma"));
    }

    private static Migrations migrations(Tool tool, String directory, List<String> command) {
        return new Migrations(
                tool,
                new DatabaseName("shop"),
                directory,
                command,
                Optional.of("shop_owner"),
                Optional.of(new SecretReference("env:SHOP_OWNER_PASSWORD")),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                Duration.ofHours(24),
                Undo.DOWN,
                Optional.empty());
    }
}
