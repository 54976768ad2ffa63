package dev.windlass.runbooks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Sql;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.RecoverySteps;
import dev.windlass.workflows.recovery.TableReference;
import dev.windlass.workflows.recovery.TableShape;
import dev.windlass.workflows.recovery.TableShape.FedBySequence;
import dev.windlass.workflows.recovery.TableShape.FedBySequence.Direction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is typed to bring rows back, and that a step can be taken apart as it was put together. */
class BringBackCommandsTest {
    private static final TableShape ODD = new TableShape(
            new TableReference("app.odd \"name\""),
            false,
            List.of("a", "Order"),
            List.of(new FedBySequence("a", new TableReference("app.down"), Direction.DOWN)));
    private static final TableShape PARTED =
            new TableShape(new TableReference("app.events"), true, List.of("at"), List.of());

    private final BringBackCommands commands = new BringBackCommands("shop", List.of(ODD, PARTED));

    @Test
    void onlyRowsWhoseKeyIsNotThereAreInserted() {
        assertThat(commands.of(0).insert())
                .isEqualTo(new Sql(
                        Access.CHANGES,
                        "shop",
                        "INSERT INTO \"app\".\"odd \"\"name\"\"\" ({columns-1}) OVERRIDING SYSTEM VALUE SELECT"
                                + " {columns-1} FROM pg_temp.windlass_1 AS c WHERE NOT EXISTS (SELECT FROM ONLY"
                                + " \"app\".\"odd \"\"name\"\"\" AS l WHERE l.\"a\" = c.\"a\" AND l.\"Order\" ="
                                + " c.\"Order\") ON CONFLICT DO NOTHING"));
    }

    @Test
    void aPartitionedTableIsReadWithItsPartitions() {
        assertThat(commands.of(1).read())
                .isEqualTo(
                        new Sql(Access.READS, "copy", "COPY (SELECT {columns-2} FROM \"app\".\"events\") TO STDOUT"));
        assertThat(commands.lock().statement())
                .endsWith("LOCK TABLE ONLY \"app\".\"odd \"\"name\"\"\", \"app\".\"events\" IN SHARE ROW EXCLUSIVE"
                        + " MODE");
    }

    @Test
    void aSequenceThatCountsDownIsLoweredOnly() {
        assertThat(commands.of(0).raise())
                .extracting(Sql::statement)
                .containsExactly(
                        "SELECT setval('\"app\".\"down\"', t.reached) FROM (SELECT min(\"a\")::bigint AS reached FROM"
                                + " ONLY \"app\".\"odd \"\"name\"\"\") AS t, \"app\".\"down\" AS s WHERE t.reached <"
                                + " s.last_value OR t.reached = s.last_value AND NOT s.is_called");
    }

    @Test
    void triggersAreOnAgainBeforeTheTransactionEnds() {
        List<String> statements = commands.inOrder().stream()
                .map(effect -> ((Sql) effect).statement())
                .toList();
        assertThat(statements).last().isEqualTo(commands.enableTriggers().statement());
        assertThat(statements.indexOf(commands.disableTriggers().statement()))
                .isLessThan(statements.indexOf(commands.of(0).insert().statement()));
    }

    @Test
    void theStepsOfAPlanComeApartAsTheyWerePutTogether() {
        Plan whole = RecoveryPageSample.ofTheWhole();
        Step swap = whole.step(RecoverySteps.SWAP);
        SwapEffects effects = SwapEffects.in(swap);
        assertThat(effects.inOrder()).isEqualTo(swap.effects());
        assertThat(swap.undo()).containsExactly(effects.open());
        Step copy = whole.step(RecoverySteps.COPY).fill(Slots.of("token", "windlass-1"));
        CopyEffects made = CopyEffects.in(copy);
        assertThat(made.inOrder()).isEqualTo(copy.effects());
        assertThat(made.undo()).isEqualTo(copy.undo());
        assertThat(made.mark().statement()).isEqualTo("COMMENT ON DATABASE \"windlass-1\" IS 'windlass-1'");
        assertThat(made.growFromDump()).isEqualTo(made.grow());
        assertThat(RewindEffects.in(copy)).isEmpty();
    }

    @Test
    void theCopyOfAMomentComesApartToo() {
        Step copy = RecoveryPageSample.toAMoment().step(RecoverySteps.COPY).fill(Slots.of("token", "windlass-1"));
        RewindEffects rewind = RewindEffects.in(copy).orElseThrow();
        CopyEffects made = CopyEffects.in(copy);
        assertThat(Stream.concat(rewind.inOrder().stream(), made.growFromDump().stream()))
                .containsExactlyElementsOf(made.grow());
        assertThat(made.inOrder()).isEqualTo(copy.effects());
        assertThat(made.undo()).isEqualTo(copy.undo()).contains(rewind.stop());
        assertThat(copy.slots()).containsExactly("segment", "options");
    }

    @Test
    void theClusterBesideArchivesNothingAndListensNowhere() {
        Step copy = RecoveryPageSample.toAMoment().step(RecoverySteps.COPY).fill(Slots.of("token", "windlass-1"));
        RewindEffects rewind = RewindEffects.in(copy).orElseThrow();
        assertThat(rewind.restore().argv())
                .containsSequence("setpriv", "--reuid=postgres")
                .containsSubsequence(
                        "pgbackrest",
                        "--config=/etc/pgbackrest/main.conf",
                        "--stanza=main",
                        "--pg1-path=/var/lib/windlass-scratch/windlass-1/data",
                        "--tablespace-map-all=/var/lib/windlass-scratch/windlass-1/tablespaces",
                        "--set=20261122-010004F_20261124-010003D",
                        "--type=time",
                        "--target=2026-11-24 09:59:00.000000+00",
                        "--archive-mode=off",
                        "restore");
        assertThat(rewind.configure().input())
                .isInstanceOfSatisfying(
                        Channel.Text.class,
                        settings -> assertThat(settings.text())
                                .contains(
                                        "listen_addresses = ''\n",
                                        "archive_mode = off\n",
                                        "recovery_target_time = '2026-11-24 09:59:00.000000+00'\n",
                                        "restore_command = 'pgbackrest --config=/etc/pgbackrest/main.conf --stanza=main"
                                                + " --pg1-path=/var/lib/windlass-scratch/windlass-1/data archive-get %f \"%p\""
                                                + " || case $? in 1) exit 1 ;; *) exit 255 ;; esac'\n",
                                        "shared_preload_libraries = ''\n"));
    }
}
