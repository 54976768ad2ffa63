package dev.windlass.worker.fault;

import static dev.windlass.worker.fault.PutBackSigkillTest.When.AFTER;
import static dev.windlass.worker.fault.PutBackSigkillTest.When.RESTORE;
import static dev.windlass.worker.fault.PutBackSigkillTest.When.SWAP;
import static dev.windlass.worker.fault.PutBackSigkillTest.When.WHOLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.approvals.Answer;
import dev.windlass.workflows.approvals.Question;
import dev.windlass.workflows.approvals.Verdict;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.migrate.MigrateOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed while a database is put back from its backup: it ends exactly as before, and the one that failed is
 * kept; or a person is asked, and told what is true. One run takes several SIGKILLs, since a run waits for the backups of all
 * others. WINDLASS_FAULT_CASE=REGEX runs the waves that match.
 */
@Tag("fault")
class PutBackSigkillTest {
    private static final int PATIENCE_SECONDS = 120;

    private static Path people;
    private static Approver ben;
    private static Rig rig;
    private static PutBackShop shop;

    @BeforeAll
    static void startEverything() throws Exception {
        people = Files.createTempDirectory("windlass-fault-people-");
        ben = Approver.withNewKey("ben", people);
        rig = Rig.start(List.of(Cluster.DATABASE), PutBackShop.apps(ben.publicKey()));
        boolean isStarted = false;
        try {
            shop = new PutBackShop(rig);
            shop.prepare();
            rig.startBackup("fault-putback-backup").getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
            isStarted = true;
        } finally {
            if (!isStarted) {
                endEverything();
            }
        }
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
        Trees.delete(people);
    }

    enum When {
        /** The copy grows. */
        RESTORE,
        /** The copy is whole and has its name, and whoever has given it does not know. */
        WHOLE,
        /** The database is closed, and the change of the names waits for a lock of the test. */
        SWAP,
        /** The names have changed, and whoever has changed them does not know. */
        AFTER
    }

    record Killing(Victim victim, When when) {}

    record Wave(List<Killing> killings) {
        static Wave of(Victim victim, When... moments) {
            return new Wave(Stream.of(moments)
                    .map(moment -> new Killing(victim, moment))
                    .toList());
        }

        Wave after(Victim victim, When moment) {
            return new Wave(Stream.concat(Stream.of(new Killing(victim, moment)), killings.stream())
                    .toList());
        }

        @Override
        public String toString() {
            return String.join(
                            ", ",
                            killings.stream()
                                    .map(each -> each.victim() + " " + each.when())
                                    .toList())
                    .toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Wave> waves() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        return Stream.of(
                        Wave.of(Victim.WORKER, RESTORE, WHOLE),
                        Wave.of(Victim.WORKER, SWAP, AFTER),
                        Wave.of(Victim.TEMPORAL, RESTORE, SWAP, AFTER),
                        Wave.of(Victim.POSTGRES, RESTORE, SWAP, AFTER).after(Victim.PROGRAM, RESTORE))
                .filter(wave -> wanted.matcher(wave.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waves")
    void theDatabaseEndsExactlyAsBeforeAndTheOneThatFailedIsKept(Wave wave) throws Exception {
        long begun = System.nanoTime();
        String workflowId = "fault-putback-" + wave.toString().replaceAll("[^a-z]+", "-");
        try (HeldPutBack run = new HeldPutBack(rig, shop, workflowId)) {
            for (Killing killing : wave.killings()) {
                switch (killing.when()) {
                    case RESTORE -> killWhileItGrows(killing.victim(), run);
                    case WHOLE -> run.killWhenItIsWhole(killing.victim());
                    case SWAP -> killAtTheSwap(killing.victim(), run);
                    case AFTER -> killAfterTheSwap(killing.victim(), run);
                }
            }
            run.letTheNamesChange();
            run.endsAsBeforeAndKeepsTheOneThatFailed();
            run.leavesOneMessageAndNothingElse();
        }
        tell(wave.toString(), begun);
    }

    private static void killWhileItGrows(Victim victim, HeldPutBack run) throws Exception {
        List<Long> restoring = run.stopRestore();
        run.writeLate();
        switch (victim) {
            case PROGRAM -> Processes.kill(restoring);
            case WORKER -> {
                killAndBringBack(victim, run);
                run.awaitEndOf(restoring);
            }
            case TEMPORAL, POSTGRES, R2 -> {
                killAndBringBack(victim, run);
                Processes.signal("CONT", restoring);
            }
        }
    }

    private static void killAtTheSwap(Victim victim, HeldPutBack run) throws Exception {
        Set<Integer> sessions = run.awaitSwap();
        killAndBringBack(victim, run);
        if (victim == Victim.WORKER) {
            // It would change the names all the same, and is ended before anybody else does.
            run.awaitEndOf(sessions);
        }
    }

    private static void killAfterTheSwap(Victim victim, HeldPutBack run) throws Exception {
        run.awaitSwap();
        List<Long> worker = List.of(rig.worker.pid());
        if (victim == Victim.POSTGRES) {
            Processes.signal("STOP", worker);
            run.letTheNamesChange();
            victim.kill(rig, Moment.BEFORE_DUMP, run.workflowId);
        } else {
            victim.kill(rig, Moment.BEFORE_DUMP, run.workflowId);
            run.letTheNamesChange();
        }
        victim.bringBack(rig);
        Processes.signal("CONT", worker);
    }

    /** The worker stands still while the server is away: what holds the names is there again before anybody changes them. */
    private static void killAndBringBack(Victim victim, HeldPutBack run) throws IOException, SQLException {
        if (victim != Victim.POSTGRES) {
            victim.kill(rig, Moment.BEFORE_DUMP, run.workflowId);
            victim.bringBack(rig);
            return;
        }
        List<Long> worker = List.of(rig.worker.pid());
        Processes.signal("STOP", worker);
        try {
            victim.kill(rig, Moment.BEFORE_DUMP, run.workflowId);
            victim.bringBack(rig);
            run.holdAgain();
        } finally {
            Processes.signal("CONT", worker);
        }
    }

    /** Somebody renames the database while its copy grows, and there is no worker. */
    @Test
    void aRunThatIsParkedByThenWaitsForItsDecisionAndTellsWhatIsTrue() throws Exception {
        long begun = System.nanoTime();
        try (HeldPutBack run = new HeldPutBack(rig, shop, "fault-putback-parked")) {
            run.stopRestore();
            run.writeLate();
            // So that it can be renamed.
            run.close();
            rig.worker.kill();
            rig.postgres.hide();
            Question question;
            try {
                rig.worker.start();
                question = run.awaitQuestion();
                rig.worker.kill();
                rig.worker.start();
                assertThat(ben.decide(rig.client, question, Verdict.ABORT)).isInstanceOf(Answer.Accepted.class);
                assertThat(run.outcome()).isInstanceOfSatisfying(MigrateOutcome.NeedsHuman.class, lost -> {
                    assertThat(lost.reason()).contains("only production has this");
                    assertThat(lost.known()).startsWith("the server has no database shop any more");
                    assertThat(lost.undelivered()).isEmpty();
                });
            } finally {
                rig.postgres.showAgain();
            }
            run.leavesNoCopy();
            assertThat(shop.databasesLike("shop_broken_%")).isEmpty();
            assertThat(shop.done("shop")).containsExactly("first", "late 1");
            run.leavesOneMessageAndNothingElse(question);
        }
        tell("parked", begun);
    }

    private static void tell(String what, long begun) {
        System.out.printf(Locale.ROOT, "fault: %5.1f s  put back %s%n", (System.nanoTime() - begun) / 1e9, what);
    }
}
