package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.ApprovalId;
import dev.windlass.workflows.approvals.Decisions;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import dev.windlass.workflows.stagingsync.StagingSyncSteps;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One sync that is brought from one moment to the next. */
final class HeldSync {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final SyncShop shop;
    final String workflowId;
    private final SyncRig rig;
    private final List<String> before;
    private final WorkflowStub run;
    private final String copy;
    private final Map<SyncMoment, MigrateHold> holds = new EnumMap<>(SyncMoment.class);
    private Set<Integer> waiting = Set.of();
    private boolean isApproved;

    HeldSync(SyncRig rig, SyncShop shop, String wave, SyncMoment first) throws IOException, SQLException {
        this.rig = rig;
        this.shop = shop;
        this.workflowId = "fault-sync-" + wave + "-" + shop.name;
        shop.reset();
        this.before = shop.look(shop.staging());
        this.isApproved = !shop.isGuarded();
        hold(first);
        this.run = shop.sync(workflowId);
        this.copy = new StepToken(workflowId, run.getExecution().getRunId(), StagingSyncSteps.COPY).abbreviated();
    }

    void hold(SyncMoment moment) throws SQLException {
        switch (moment) {
            case PLAN -> holds.put(moment, ofProduction("LOCK TABLE app.users IN ACCESS EXCLUSIVE MODE"));
            case CREATE -> holds.put(moment, nameOf("template0"));
            case EARLY -> holds.put(moment, row(SyncShop.EARLY));
            case MID -> holds.put(moment, row(SyncShop.MID));
            case SECOND -> holds.put(moment, row(SyncShop.SECOND));
            case POST_DATA, SCAN -> holds.put(moment, row(SyncShop.LATE));
            case SWAP, AFTER, BACK -> holds.put(moment, nameOf(shop.staging()));
            case SMOKE ->
                holds.put(
                        moment,
                        MigrateHold.ofSession(
                                rig.staging.url(shop.staging()), "SELECT pg_advisory_lock(" + SyncShop.SMOKE + ")"));
            case CLEAR -> holds.put(moment, nameOf(replacedLongAgo()));
            case APPROVAL -> {}
        }
    }

    private MigrateHold ofProduction(String lock) throws SQLException {
        return MigrateHold.inTransaction(rig.production.url(shop.name), lock);
    }

    private MigrateHold row(long id) throws SQLException {
        return MigrateHold.ofSession(rig.production.url(shop.name), "SELECT pg_advisory_lock(" + id + ")");
    }

    /** What whoever makes, renames or drops the database waits for, and nobody else. */
    private MigrateHold nameOf(String database) throws SQLException {
        return MigrateHold.inTransaction(
                rig.staging.url("postgres"), "COMMENT ON DATABASE \"" + database + "\" IS 'never committed'");
    }

    private String replacedLongAgo() throws SQLException {
        String name = shop.staging() + "_replaced_long_ago";
        rig.staging.sql("postgres", "CREATE DATABASE " + name);
        rig.staging.sql(
                "postgres",
                "COMMENT ON DATABASE " + name + " IS 'replaced by windlass staging-sync at 2026-01-01T00:00:00Z'");
        return name;
    }

    /** Until what is to be met at the moment waits. */
    void await(SyncMoment moment) throws SQLException {
        if (moment != SyncMoment.PLAN) {
            awaitQuestion();
        }
        if (moment == SyncMoment.APPROVAL) {
            return;
        }
        approve();
        awaitWaiting(moment);
        if (moment == SyncMoment.POST_DATA || moment == SyncMoment.SCAN) {
            MigrateHold view =
                    MigrateHold.ofSession(rig.staging.url(copy), "SELECT pg_advisory_lock(" + SyncShop.VIEW + ")");
            release(moment);
            holds.put(moment, view);
            awaitWaiting(moment);
        }
    }

    private void awaitWaiting(SyncMoment moment) {
        Eventually.holds(
                PATIENCE,
                workflowId + " has come to " + moment,
                () -> !waitingFor(moment).isEmpty());
        waiting = waitingFor(moment);
    }

    /** The last step to the moment, where it cannot be held: whoever is to be killed is killed at once. */
    void approach(SyncMoment moment) throws IOException {
        if (moment == SyncMoment.SCAN) {
            EffectLines lines = new EffectLines(rig.journal(), workflowId);
            release(moment);
            lines.await("scan", "TO STDOUT");
        }
        if (moment == SyncMoment.AFTER) {
            Processes.signal("STOP", List.of(rig.worker.pid()));
            release(moment);
            Eventually.holds(
                    PATIENCE,
                    workflowId + " has changed the names",
                    () -> !shop.replaced().isEmpty());
        }
    }

    /** As {@link #approach}: the names have changed back, and whoever has changed them does not know. */
    void letTheNamesChangeBack() throws IOException {
        Processes.signal("STOP", List.of(rig.worker.pid()));
        release(SyncMoment.BACK);
        Eventually.holds(
                PATIENCE,
                workflowId + " has changed the names back",
                () -> shop.replaced().isEmpty());
    }

    void awaitEndOfWhatWaited(SyncMoment moment) {
        Eventually.holds(
                PATIENCE,
                "what has waited at " + moment + " in " + workflowId + " is ended",
                () -> Collections.disjoint(waitingFor(moment), waiting));
    }

    private Set<Integer> waitingFor(SyncMoment moment) {
        MigrateHold hold = holds.get(moment);
        if (hold == null) {
            throw new AssertionError(moment + " is not held");
        }
        try {
            return hold.waiting();
        } catch (SQLException failed) {
            // The database of the copy is dropped with its sessions.
            return Set.of();
        }
    }

    void release(SyncMoment moment) {
        MigrateHold hold = holds.remove(moment);
        if (hold != null) {
            hold.close();
        }
    }

    void releaseAll() {
        List.copyOf(holds.keySet()).forEach(this::release);
    }

    private void awaitQuestion() {
        if (!isApproved) {
            Eventually.holds(PATIENCE, workflowId + " asks", () -> !questions().isEmpty());
        }
    }

    /** Whoever has asked for it, and whoever was killed while it waited. */
    void approve() {
        if (!isApproved) {
            awaitQuestion();
            isApproved = true;
            assertThat(rig.person("ben").decide(rig.client, questions().getFirst(), Verdict.APPROVE))
                    .isInstanceOf(Answer.Accepted.class);
        }
    }

    private List<Question> questions() {
        return run.describe().getRawDescription().getPendingChildrenList().stream()
                .filter(child -> child.getWorkflowId().startsWith("approval/"))
                .map(child -> new ApprovalId(child.getWorkflowId().substring("approval/".length())))
                .flatMap(id -> new Decisions(rig.client, "cli").view(id).stream())
                .map(view -> view.question())
                .toList();
    }

    /** Until the names change, nothing of staging does. */
    void stagingIsAsBefore(String when) throws IOException, SQLException {
        assertThat(shop.look(shop.staging()))
                .as("staging of " + workflowId + " " + when)
                .isEqualTo(before);
    }

    StagingSyncOutcome.Synced endsAsTheCopy() throws Exception {
        StagingSyncOutcome outcome = run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, StagingSyncOutcome.class);
        assertThat(outcome).as(workflowId).isInstanceOf(StagingSyncOutcome.Synced.class);
        StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) outcome;
        assertThat(synced.problems()).isEmpty();
        assertThat(synced.undelivered()).isEmpty();
        assertThat(
                        rig.staging.rows(
                                shop.staging(),
                                "SELECT count(*) FROM app.messages JOIN app.users ON email = sender WHERE email LIKE '%@example.test'"))
                .as("messages of " + workflowId + " that have a sender")
                .containsExactly("30000");
        assertThat(shop.replaced()).containsExactly(synced.replaced());
        rig.staging.sql("postgres", "ALTER DATABASE \"" + synced.replaced() + "\" ALLOW_CONNECTIONS true");
        assertThat(shop.look(synced.replaced())).as("what staging was").isEqualTo(before);
        return synced;
    }

    void endsAsBefore() throws IOException, SQLException {
        assertThatThrownBy(() -> run.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, StagingSyncOutcome.class))
                .as(workflowId)
                .isInstanceOf(WorkflowFailedException.class);
        assertThat(shop.replaced()).isEmpty();
        stagingIsAsBefore("after a failure");
    }

    /** One message tells the end of it, whoever was killed. */
    void tellsItsEndOnce() {
        assertThat(rig.slack.get("/messages").lines())
                .as("messages of " + workflowId)
                .filteredOn(message -> message.contains(run.getExecution().getRunId())
                        && (message.contains("is a masked copy of") || message.contains("failed:")))
                .hasSize(1);
    }
}
