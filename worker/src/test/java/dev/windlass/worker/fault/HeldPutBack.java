package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.migrate.MigrateOutcome;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One migration that fails and is put back, held where the test wants it. Its names change when the test lets them. */
final class HeldPutBack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final String workflowId;
    private final Rig rig;
    private final PutBackShop shop;
    private final List<String> before;
    private final WorkflowStub run;
    private final List<String> inTheOneThatFailed = new ArrayList<>(List.of("first"));
    private MigrateHold hold;

    HeldPutBack(Rig rig, PutBackShop shop, String workflowId) throws IOException, SQLException {
        this.rig = rig;
        this.shop = shop;
        this.workflowId = workflowId;
        shop.reset();
        this.before = shop.look();
        this.hold = shop.holdTheName();
        this.run = shop.migrate(workflowId);
    }

    /** The rehearsal has a pg_restore as well, in a cluster of its own. @return the one that fills the copy, standing still */
    List<Long> stopRestore() throws IOException {
        Eventually.holds(
                PATIENCE,
                Duration.ofMillis(5),
                workflowId + " has made a copy",
                () -> !shop.databasesLike("windlass-%").isEmpty());
        List<Long> restoring = Processes.awaitProgram("pg_restore", workflowId);
        Processes.signal("STOP", restoring);
        return restoring;
    }

    /** The whole copy is given its name by what waited for that, whoever has asked for it and is dead meanwhile. */
    void killWhenItIsWhole(Victim victim) throws IOException, SQLException {
        Eventually.holds(
                PATIENCE,
                Duration.ofMillis(5),
                workflowId + " is about to compare its copy",
                () -> shop.copyBeforeItsName().isPresent());
        String copy = shop.copyBeforeItsName().orElseThrow();
        try (MigrateHold name = shop.holdTheNameOf(copy)) {
            Eventually.holds(PATIENCE, copy + " is whole", () -> !name.waiting().isEmpty());
            victim.kill(rig, Moment.BEFORE_DUMP, workflowId);
        }
        Eventually.holds(
                PATIENCE,
                copy + " has its name",
                () -> !shop.databasesLike("shop_restored_%").isEmpty());
        victim.bringBack(rig);
    }

    /** @return the sessions that are to change the names, and wait */
    Set<Integer> awaitSwap() {
        Eventually.holds(
                PATIENCE,
                workflowId + " is about to change the names",
                () -> !hold.waiting().isEmpty());
        return waiting();
    }

    void awaitEndOf(Set<Integer> sessions) {
        Eventually.holds(
                PATIENCE,
                "sessions " + sessions + " of " + workflowId + " are ended",
                () -> Collections.disjoint(hold.waiting(), sessions));
    }

    void awaitEndOf(List<Long> processes) {
        Eventually.holds(
                PATIENCE,
                "processes " + processes + " of " + workflowId + " are ended",
                () -> processes.stream().noneMatch(Processes::isAlive));
    }

    private Set<Integer> waiting() {
        try {
            return hold.waiting();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    /** After the snapshot of the backup: a restore loses it, and the one that failed has it. */
    void writeLate() throws SQLException {
        String late = "late " + inTheOneThatFailed.size();
        shop.writeDone(late);
        inTheOneThatFailed.add(late);
    }

    /** They are changed by what waited for it, whoever has asked for it and is dead or stopped meanwhile. */
    void letTheNamesChange() {
        hold.close();
        Eventually.holds(PATIENCE, workflowId + " has changed the names", () -> !kept().isEmpty());
    }

    /** The lock went with the server. */
    void holdAgain() throws SQLException {
        hold.close();
        hold = shop.holdTheName();
    }

    private List<String> kept() throws SQLException {
        return shop.databasesLike("shop_broken_%");
    }

    Question awaitQuestion() {
        Eventually.holds(PATIENCE, workflowId + " is parked", () -> !questions().isEmpty());
        return questions().getFirst();
    }

    private List<Question> questions() {
        return run.describe().getRawDescription().getPendingChildrenList().stream()
                .filter(child -> child.getWorkflowId().startsWith("approval/"))
                .map(child -> new ApprovalId(child.getWorkflowId().substring("approval/".length())))
                .flatMap(id -> new Decisions(rig.client, "cli").view(id).stream())
                .map(view -> view.question())
                .toList();
    }

    MigrateOutcome outcome() throws Exception {
        return run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, MigrateOutcome.class);
    }

    void endsAsBeforeAndKeepsTheOneThatFailed() throws Exception {
        MigrateOutcome outcome = outcome();
        assertThat(kept()).as(workflowId + ": " + outcome).hasSize(1);
        String kept = kept().getFirst();
        assertThat(outcome).as(workflowId).isInstanceOfSatisfying(MigrateOutcome.Undone.class, undone -> {
            assertThat(undone.reason()).contains("only production has this");
            assertThat(undone.verified())
                    .startsWith(
                            "the database stands as before: 0 migrations applied, the same schema; put back from set ")
                    .contains(" is in " + kept + " only, which takes no sessions");
            assertThat(undone.undelivered()).isEmpty();
        });
        assertThat(shop.look()).as(workflowId).isEqualTo(before);
        assertThat(shop.takesSessions("shop")).as("shop is open").isTrue();
        assertThat(shop.takesSessions(kept)).as(kept + " is open").isFalse();
        leavesNoCopy();
        shop.open(kept);
        assertThat(shop.done(kept)).as("the one that failed").isEqualTo(inTheOneThatFailed);
        shop.drop(kept);
    }

    void leavesNoCopy() throws SQLException {
        assertThat(shop.databasesLike("windlass-%")).as("half copies").isEmpty();
        assertThat(shop.databasesLike("shop_restored_%")).as("whole copies").isEmpty();
    }

    /** The backup that it begins with tells of itself. @param questions that are asked beside */
    void leavesOneMessageAndNothingElse(Question... questions) throws IOException {
        Witness witness = new Witness(rig);
        witness.seesNothingLeftOf(workflowId);
        String runId = run.getExecution().getRunId();
        witness.seesNothingLeftOf("backup-before/" + runId);
        List<String> messages = witness.messagesOf(runId).stream()
                .filter(message -> !message.contains("backup-before/"))
                .toList();
        for (Question question : questions) {
            assertThat(messages)
                    .as("the question of " + workflowId)
                    .filteredOn(message -> message.contains(question.id().value()))
                    .hasSize(1);
        }
        assertThat(messages)
                .as("the end of " + workflowId)
                .filteredOn(message -> List.of(questions).stream()
                        .noneMatch(question -> message.contains(question.id().value())))
                .hasSize(1);
    }

    @Override
    public void close() {
        hold.close();
    }
}
