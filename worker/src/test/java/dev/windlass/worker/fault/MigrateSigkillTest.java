package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.fault.MigratedShop.ThirdOne;
import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.approvals.Requester;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.kernel.AppName;
import dev.windlass.workflows.kernel.EnvironmentName;
import dev.windlass.workflows.migrate.MigrateOutcome;
import dev.windlass.workflows.migrate.MigrateRequest;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed in the middle of a migration, and whenever: schema, data and the tool's record end exactly as before or
 * exactly as rehearsed. WINDLASS_FAULT_CASE=REGEX runs the cases that match.
 */
@Tag("fault")
class MigrateSigkillTest {
    private static final int PATIENCE_SECONDS = 150;

    private static Rig rig;
    private static MigratedShop shop;
    private static String before;
    private static String after;

    @BeforeAll
    static void startEverything() throws Exception {
        rig = Rig.start(MigratedShop.APPS);
        boolean isStarted = false;
        try {
            shop = new MigratedShop(rig);
            shop.prepare();
            before = shop.schema();
            rig.startBackup("fault-migrate-backup").getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
            shop.writeMigrations(ThirdOne.FITS);
            assertThat(migrate("fault-migrate-undisturbed")
                            .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, MigrateOutcome.class))
                    .isInstanceOf(MigrateOutcome.Migrated.class);
            after = shop.schema();
            assertThat(after).isNotEqualTo(before);
            isStarted = true;
        } finally {
            if (!isStarted) {
                rig.close();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    record Killing(Victim victim, MigrateMoment moment) {
        /** The second one cannot be taken up again in its middle: then all of it is undone. */
        boolean endsWithTheOld() {
            return moment.endsWithTheOld() || moment == MigrateMoment.SECOND && victim != Victim.TEMPORAL;
        }

        @Override
        public String toString() {
            return (victim + " " + moment).toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Killing> killings() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        return Stream.of(Victim.WORKER, Victim.TEMPORAL, Victim.PROGRAM, Victim.POSTGRES)
                .flatMap(victim -> Stream.of(MigrateMoment.values()).map(moment -> new Killing(victim, moment)))
                .filter(each -> each.victim() != Victim.PROGRAM || each.moment().hasProgram())
                .filter(each -> wanted.matcher(each.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("killings")
    void theDatabaseEndsExactlyAsBeforeOrExactlyAsRehearsed(Killing killing) throws Exception {
        long begun = System.nanoTime();
        ThirdOne third = killing.moment() == MigrateMoment.UNDO ? ThirdOne.BREAKS_ON_PRODUCTION : ThirdOne.FITS;
        shop.reset(third);
        shop.writeMigrations(third);
        String workflowId = "fault-migrate-" + killing.toString().replace(' ', '-');
        WorkflowStub run = killHeld(killing, workflowId);

        MigrateOutcome outcome = run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, MigrateOutcome.class);
        if (killing.endsWithTheOld()) {
            assertThat(outcome).isInstanceOf(MigrateOutcome.Undone.class);
            shop.seesEntirelyOld(before);
        } else {
            assertThat(outcome).isInstanceOf(MigrateOutcome.Migrated.class);
            shop.seesEntirelyNew(after);
        }
        Witness witness = new Witness(rig);
        witness.seesNothingLeftOf(workflowId);
        assertThat(witness.messagesOf(run.getExecution().getRunId())).hasSize(1);
        System.out.printf(Locale.ROOT, "fault: %5.1f s  migrate %s%n", (System.nanoTime() - begun) / 1e9, killing);
    }

    private static WorkflowStub killHeld(Killing killing, String workflowId) throws IOException, SQLException {
        if (killing.moment() == MigrateMoment.AFTER) {
            rig.slack.hold("chat\\.postMessage");
        }
        try (Connection held = MigrateMoment.held().contains(killing.moment()) ? shop.hold(killing.moment()) : null) {
            WorkflowStub run = migrate(workflowId);
            await(killing.moment(), workflowId);
            kill(killing, workflowId);
            killing.victim().bringBack(rig);
            return run;
        } finally {
            rig.slack.release();
        }
    }

    private static void await(MigrateMoment moment, String workflowId) {
        switch (moment) {
            case REHEARSAL -> Processes.awaitProgram(moment.program(), workflowId);
            case FIRST, SECOND, THIRD, UNDO ->
                Eventually.holds(Duration.ofSeconds(120), moment + " is waited for", () -> shop.isWaitedFor(moment));
            case AFTER ->
                Eventually.holds(Duration.ofSeconds(120), "Slack holds the message", () -> rig.slack.held() > 0);
        }
    }

    private static void kill(Killing killing, String workflowId) {
        if (killing.victim() == Victim.PROGRAM) {
            Processes.kill(Processes.running(killing.moment().program(), workflowId));
        } else {
            killing.victim().kill(rig, Moment.BEFORE_DUMP, workflowId);
        }
    }

    private static WorkflowStub migrate(String workflowId) {
        return rig.start(
                "Migrate",
                workflowId,
                new MigrateRequest(
                        new AppName("shop"),
                        new EnvironmentName("prod"),
                        new TreeSet<>(),
                        new Requester("test", Optional.empty())));
    }
}
