package dev.windlass.runbooks.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations;
import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.runbooks.config.Migrations.Undo;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.kernel.DatabaseName;
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

class FlywayMigratorCommandsTest {
    private static final String SUM = "sha256:" + "0".repeat(64);
    private static final Migration COLOUR =
            new Migration("V3__add_colour", SUM, Wrapping.ONE_TRANSACTION, SUM, Phase.UNMARKED);
    private static final Migration INDEX =
            new Migration("V3.1__index", SUM, Wrapping.STATEMENT_BY_STATEMENT, SUM, Phase.UNMARKED);
    private static final Migrations FLYWAY = new Migrations(
            Tool.FLYWAY,
            new DatabaseName("shop"),
            "/srv/sql",
            List.of("/opt/flyway/flyway"),
            Optional.of("shop_owner"),
            Optional.of(new SecretReference("env:SHOP_OWNER_PASSWORD")),
            Duration.ofSeconds(5),
            Duration.ofMinutes(15),
            Duration.ofHours(24),
            Undo.DOWN,
            Optional.empty());

    private final Operations operations =
            ((OpsFileReading.Accepted) OpsFile.read(Path.of("../ops.example.yml"))).operations();
    private final MigratorCommands commands = MigratorCommands.of(FLYWAY);

    @Test
    void eachVersionIsACallOfItsOwnAndTheRowIsWrittenOnTheConnectionOfItsMigration() {
        List<Command> apply = apply(COLOUR);

        assertThat(apply).hasSize(1);
        assertThat(apply.getFirst().argv())
                .containsExactly("/opt/flyway/flyway", "-skipCheckForUpdate", "-color=never", "-target=3", "migrate");
        assertThat(apply.getFirst().environment())
                .containsEntry(
                        "FLYWAY_URL",
                        "jdbc:postgresql://127.0.0.1:5432/shop_production?ApplicationName={token}"
                                + "&options=-c%20lock_timeout%3D5000%20-c%20statement_timeout%3D900000")
                .containsEntry("FLYWAY_LOCATIONS", "filesystem:/srv/sql")
                .containsEntry("FLYWAY_POSTGRESQL_TRANSACTIONAL_LOCK", "false")
                .doesNotContainKey("FLYWAY_EXECUTE_IN_TRANSACTION");
        assertThat(apply.getFirst().secrets())
                .isEqualTo(Map.of("FLYWAY_PASSWORD", new SecretReference("env:SHOP_OWNER_PASSWORD")));
    }

    @Test
    void outsideATransactionTheBeginningIsWrittenDownFirst() {
        List<Command> apply = apply(COLOUR, INDEX);
        ApplyEffects effects = ApplyEffects.in(apply, FLYWAY, List.of(COLOUR, INDEX));

        assertThat(effects.prepare()).hasSize(2);
        assertThat(effects.prepare().getFirst().argv()).contains("-target=0?");
        assertThat(effects.each().getFirst()).containsExactly(apply.get(2));
        assertThat(effects.each().get(1)).hasSize(3);
        assertThat(effects.each().get(1).getFirst().argv().getLast())
                .isEqualTo("--command=INSERT INTO public.windlass_migrations (name, checksum, state) VALUES"
                        + " ('V3.1__index', '" + SUM + "', 'begun') ON CONFLICT (name) DO UPDATE SET checksum ="
                        + " excluded.checksum, state = 'begun', applied_at = clock_timestamp()");
        assertThat(effects.each().get(1).get(1).argv()).contains("-target=3.1");
        assertThat(effects.each().get(1).get(1).environment()).containsEntry("FLYWAY_EXECUTE_IN_TRANSACTION", "false");
        assertThat(effects.each().get(1).get(2).argv().getLast())
                .isEqualTo("--command=DELETE FROM public.windlass_migrations WHERE name = 'V3.1__index'");
    }

    @Test
    void inAScratchClusterItGoesThroughTheSocketWithoutAPassword() {
        Command apply = (Command) commands.apply(List.of(COLOUR), Place.scratch(operations, FLYWAY, "/pg"))
                .getFirst();

        assertThat(apply.environment().get("FLYWAY_URL"))
                .startsWith("jdbc:postgresql://localhost:5432/shop_production?ApplicationName={token}&options=")
                .endsWith("&sslmode=disable&socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg"
                        + "&socketFactoryArg=%2Fvar%2Flib%2Fwindlass-scratch%2F{token}%2F.s.PGSQL.5432");
        assertThat(apply.secrets()).isEmpty();
    }

    @Test
    void ourFileTakesItBackTogetherWithItsRowUnderFlywaysOwnLock() {
        UndoEffects undo = commands.undoEffects(COLOUR, real());

        assertThat(undo.down().argv())
                .endsWith(
                        "--single-transaction",
                        "--command=SELECT FROM pg_advisory_xact_lock(" + FlywayMigratorCommands.ADVISORY_LOCK + ")",
                        "--command=DO $do$ BEGIN DELETE FROM public.flyway_schema_history WHERE script ="
                                + " 'V3__add_colour.sql'; IF NOT FOUND THEN RAISE EXCEPTION 'migration % is not"
                                + " applied', 'V3__add_colour'; END IF; END $do$",
                        "--file=/srv/sql/U3__add_colour.sql");
        assertThat(undo.forget().argv().getLast())
                .isEqualTo("--command=DELETE FROM public.flyway_schema_history WHERE script = 'V3__add_colour.sql' AND"
                        + " NOT success");
    }

    private List<Command> apply(Migration... pending) {
        return commands.apply(List.of(pending), real()).stream()
                .map(Command.class::cast)
                .toList();
    }

    private Place real() {
        return Place.real(operations, FLYWAY, "/pg");
    }
}
