package dev.windlass.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.worker.testing.Eventually;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.Proof;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever is killed, and whenever: the run ends proven, with exactly one set, and leaves nothing behind. Real processes, real
 * SIGKILL.
 *
 * <p>WINDLASS_FAULT_SEED repeats the random moments of an earlier run. WINDLASS_FAULT=quick runs the worker's cases and every
 * fourth of the others; WINDLASS_FAULT_CASE=REGEX those that match.
 */
@Tag("fault")
class SigkillTest {
    private static final long SEED = Optional.ofNullable(System.getenv("WINDLASS_FAULT_SEED"))
            .map(Long::parseLong)
            .orElseGet(System::nanoTime);
    private static final int PATIENCE_SECONDS = 240;

    private static Rig rig;
    private static Witness witness;

    @BeforeAll
    static void startEverything() throws IOException, SQLException, TimeoutException {
        System.out.println("fault: WINDLASS_FAULT_SEED=" + SEED);
        rig = Rig.start();
        witness = new Witness(rig);
        // There is an earlier set to be left alone.
        WorkflowStub first = rig.startBackup("fault-undisturbed");
        first.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
    }

    @AfterAll
    static void endEverything() throws IOException {
        rig.close();
    }

    static Stream<Case> cases() {
        Pattern wanted = Pattern.compile(
                Optional.ofNullable(System.getenv("WINDLASS_FAULT_CASE")).orElse(""));
        boolean isQuick = "quick".equals(System.getenv("WINDLASS_FAULT"));
        return Case.matrix().stream()
                .filter(each -> !isQuick || each.isAmongFew())
                .filter(each -> wanted.matcher(each.toString()).find());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theRunEndsProvenWithExactlyOneSet(Case each) throws Exception {
        long begun = System.nanoTime();
        Random random = new Random(SEED + each.number());
        Witness.Memory before = witness.remember();
        each.moment().prepare(rig, each.victim());
        WorkflowStub run = rig.startBackup(each.workflowId());
        List<Long> stopped = List.of();
        try {
            stopped = each.moment().await(rig, run, each.victim(), random);
            each.victim().kill(rig, each.moment(), each.workflowId());
            each.victim().bringBack(rig);
        } finally {
            rig.r2.release();
            // What a killed worker left stopped must be ended by the next one, so it is not set free.
            if (each.victim() != Victim.WORKER) {
                Processes.signal("CONT", stopped);
            }
        }
        BackupOutcome outcome = run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);
        assertThat(outcome.proof().verdict()).isEqualTo(Proof.Verdict.PROVEN);
        assertThat(outcome.undelivered()).isEmpty();
        String set = witness.seesOneNewProvenSet(before);
        assertThat(set).isEqualTo(outcome.manifest().set().value());
        witness.seesNothingLeftOf(each.workflowId());
        assertThat(witness.messagesOf(run.getExecution().getRunId())).hasSize(1);
        witness.keepOnly(set);
        System.out.printf(Locale.ROOT, "fault: %5.1f s  %s%n", (System.nanoTime() - begun) / 1e9, each);
    }

    @Test
    void aMessageWhoseAnswerNobodyHeardIsNotPostedAgain() throws Exception {
        rig.slack.fault("chat\\.postMessage", 1, "drop-answer");
        WorkflowStub run = rig.startBackup("fault-worker-mid-notice");
        // Posted, and the answer is lost: whether it was is asked next. That question waits at the door.
        Eventually.holds(Duration.ofSeconds(PATIENCE_SECONDS), "the message is posted", () -> {
            boolean isPosted =
                    !witness.messagesOf(run.getExecution().getRunId()).isEmpty();
            if (isPosted) {
                rig.slack.hold("conversations\\.history");
            }
            return isPosted;
        });
        Victim.WORKER.kill(rig, Moment.AFTER_PROOF, "fault-worker-mid-notice");
        rig.slack.release();
        rig.slack.clearFaults();
        Victim.WORKER.bringBack(rig);

        BackupOutcome outcome = run.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, BackupOutcome.class);

        assertThat(outcome.undelivered()).isEmpty();
        assertThat(witness.messagesOf(run.getExecution().getRunId())).hasSize(1);
        witness.keepOnly(outcome.manifest().set().value());
    }
}
