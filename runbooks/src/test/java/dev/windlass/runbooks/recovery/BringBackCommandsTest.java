package dev.windlass.runbooks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Access;
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
    }
}
