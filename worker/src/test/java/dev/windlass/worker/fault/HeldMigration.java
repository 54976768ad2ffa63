package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Migrations.Tool;
import dev.windlass.worker.fault.MigratedShop.Sight;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.migrate.MigrateOutcome;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One migration that is brought from one moment to the next. */
final class HeldMigration {
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    final MigratedShop shop;
    final String workflowId;
    private final Sight before;
    private final WorkflowStub run;
    private final Map<MigrateMoment, MigrateHold> holds = new EnumMap<>(MigrateMoment.class);
    private Set<Integer> waiting = Set.of();
    private List<Long> restoring = List.of();

    /** From the state of the backup on. @param held from the beginning */
    HeldMigration(MigratedShop shop, String wave, List<MigrateMoment> held, MigrationFolder.ThirdOne third)
            throws IOException, SQLException {
        this.shop = shop;
        this.workflowId = "fault-migrate-" + wave + "-" + shop.name;
        shop.reset(third);
        this.before = shop.look();
        hold(held);
        this.run = shop.migrate(workflowId);
    }

    /** What is held already stays so. */
    void hold(List<MigrateMoment> moments) throws SQLException {
        for (MigrateMoment moment : moments) {
            if (moment.isHeld() && !holds.containsKey(moment)) {
                holds.put(moment, shop.hold(moment));
            }
        }
    }

    private MigrateHold held(MigrateMoment moment) {
        return Objects.requireNonNull(holds.get(moment), moment::toString);
    }

    void await(MigrateMoment moment) {
        if (moment.isHeld()) {
            Eventually.holds(PATIENCE, workflowId + " waits for the lock of " + moment, () -> {
                waiting = held(moment).waiting();
                return !waiting.isEmpty();
            });
        } else if (shop.tool == Tool.SQL) {
            // The others' are restored before anybody has seen it.
            restoring = Processes.awaitProgram(moment.program(shop.tool), workflowId);
        }
    }

    void killProgram(MigrateMoment moment) {
        if (!moment.isHeld()) {
            Processes.kill(restoring);
            return;
        }
        List<Long> running = Processes.running(moment.program(shop.tool), workflowId);
        assertThat(running).as(moment.program(shop.tool) + " of " + workflowId).isNotEmpty();
        Processes.kill(running);
    }

    /** A session whose client is dead would go on all the same when it gets its lock. */
    void awaitEndOfWhatWaited(MigrateMoment moment) {
        Eventually.holds(
                PATIENCE,
                "sessions " + waiting + " of " + workflowId + " are ended",
                () -> Collections.disjoint(held(moment).waiting(), waiting));
    }

    void awaitEndOfProcesses() {
        Eventually.holds(
                PATIENCE,
                "what " + workflowId + " has started ends by itself",
                () -> Processes.ofRun(workflowId).isEmpty());
    }

    void release(MigrateMoment moment) {
        MigrateHold hold = holds.remove(moment);
        if (hold != null) {
            hold.close();
        }
    }

    void releaseAll() {
        List.copyOf(holds.keySet()).forEach(this::release);
    }

    void awaitEnd() throws Exception {
        run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, MigrateOutcome.class);
    }

    void endsWithTheOld() throws Exception {
        assertThat(run.getResult(MigrateOutcome.class)).as(workflowId).isInstanceOf(MigrateOutcome.Undone.class);
        assertThat(shop.look()).as(workflowId).isEqualTo(before);
    }

    void endsWithTheNew(Sight after) throws Exception {
        assertThat(run.getResult(MigrateOutcome.class)).as(workflowId).isInstanceOf(MigrateOutcome.Migrated.class);
        assertThat(shop.look()).as(workflowId).isEqualTo(after);
    }

    void leavesOneMessageAndNothingElse(Witness witness) throws IOException {
        witness.seesNothingLeftOf(workflowId);
        assertThat(witness.messagesOf(run.getExecution().getRunId()))
                .as(workflowId)
                .hasSize(1);
    }
}
