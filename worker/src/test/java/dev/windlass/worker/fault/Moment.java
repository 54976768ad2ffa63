package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** When somebody is killed. The run is held still at that moment, so that it is the same each time. */
enum Moment {
    /** The dump is scheduled, and has not begun or is just beginning. */
    BEFORE_DUMP("pg_dumpall"),
    MID_DUMP("pg_dump"),
    /** The dump is reported; nothing has been sent yet. */
    AFTER_DUMP("pg_dump"),
    MID_ARCHIVE("tar"),
    /** Two parts are sent, the third waits at the bucket's door. */
    MID_UPLOAD("initdb"),
    MID_RESTORE("pg_restore"),
    MID_UNPACK("tar"),
    /** Restored and compared; the verdict waits at the bucket's door. */
    AFTER_PROOF("pg_amcheck"),
    RANDOM_ONE("pg_dump"),
    RANDOM_TWO("pg_restore");

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long A_MEBIBYTE = 1 << 20;

    /** Of the rig's database, whose files alone have 24,576,000 bytes that do not compress. */
    private static final long NEARLY_ALL = 23_000_000;

    /** A run on a quiet machine is over after about this long. */
    private static final int USUAL_MILLIS = 8_000;

    private final String program;

    Moment(String program) {
        this.program = program;
    }

    /** What is killed where the victim is a program of the run. */
    String program() {
        return program;
    }

    boolean isRandom() {
        return this == RANDOM_ONE || this == RANDOM_TWO;
    }

    /** The other victims meet a step that runs a program in the moments of the dump. */
    boolean isOfFiles() {
        return this == MID_ARCHIVE || this == MID_UNPACK;
    }

    String programSaid() {
        return switch (this) {
            case BEFORE_DUMP -> "pg_dumpall, which runs before pg_dump";
            case MID_DUMP -> "pg_dump";
            case AFTER_DUMP -> "pg_dump at its last bytes";
            case MID_UPLOAD -> "no program runs then; initdb of the proof instead";
            case MID_ARCHIVE -> "tar that packs";
            case MID_RESTORE -> "pg_restore";
            case MID_UNPACK -> "tar that unpacks";
            case AFTER_PROOF -> "pg_amcheck, the last program of the proof";
            case RANDOM_ONE, RANDOM_TWO -> program + " a random time after it began";
        };
    }

    /** Before the run is started. */
    void prepare(Rig rig, Victim victim) {
        if (victim == Victim.PROGRAM) {
            return;
        }
        switch (this) {
            case AFTER_DUMP -> rig.r2.hold("\\.(dump|globals|facts)\\.");
            case MID_UPLOAD -> rig.r2.hold("PUT .*\\.dump\\..*partNumber=3");
            case AFTER_PROOF -> rig.r2.hold("PUT .*/proof\\.json");
            case BEFORE_DUMP, MID_DUMP, MID_ARCHIVE, MID_RESTORE, MID_UNPACK, RANDOM_ONE, RANDOM_TWO -> {}
        }
    }

    /** @return processes that were stopped and wait to be continued */
    List<Long> await(Rig rig, WorkflowStub run, Victim victim, Random random) throws IOException {
        String workflowId = run.getExecution().getWorkflowId();
        if (victim == Victim.PROGRAM) {
            return awaitProgram(rig, workflowId, random);
        }
        switch (this) {
            case BEFORE_DUMP ->
                Eventually.holds(
                        LIMIT,
                        "the dump is scheduled",
                        () -> run.describe().getRawDescription().getPendingActivitiesList().stream()
                                .anyMatch(activity ->
                                        activity.getActivityType().getName().equals("DumpDatabase")));
            case MID_DUMP -> {
                return stopDump(rig, workflowId, A_MEBIBYTE);
            }
            case MID_RESTORE -> {
                return stop(Processes.awaitProgram("pg_restore", workflowId));
            }
            case MID_ARCHIVE, MID_UNPACK -> {
                return stopTar(workflowId);
            }
            case AFTER_DUMP, MID_UPLOAD, AFTER_PROOF ->
                Eventually.holds(LIMIT, "the bucket holds " + this, () -> rig.r2.held() > 0);
            case RANDOM_ONE, RANDOM_TWO ->
                LockSupport.parkNanos(
                        Duration.ofMillis(random.nextInt(USUAL_MILLIS)).toNanos());
        }
        return List.of();
    }

    private List<Long> awaitProgram(Rig rig, String workflowId, Random random) throws IOException {
        return switch (this) {
            case MID_DUMP -> stopDump(rig, workflowId, A_MEBIBYTE);
            case MID_ARCHIVE, MID_UNPACK -> stopTar(workflowId);
            case AFTER_DUMP -> stopDump(rig, workflowId, NEARLY_ALL);
            case RANDOM_ONE, RANDOM_TWO -> {
                Processes.awaitProgram(program, workflowId);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(300)).toNanos());
                yield List.of();
            }
            case BEFORE_DUMP, MID_UPLOAD, MID_RESTORE, AFTER_PROOF -> List.of();
        };
    }

    /** One step packs and another unpacks; each begins its own tar, which is told from the other by what it is asked to do. */
    private List<Long> stopTar(String workflowId) throws IOException {
        return stop(Processes.awaitProgram(program, this == MID_ARCHIVE ? "--create" : "--extract", workflowId));
    }

    private static List<Long> stopDump(Rig rig, String workflowId, long bytes) throws IOException {
        List<Long> dump = Processes.awaitProgram("pg_dump", workflowId);
        Eventually.holds(LIMIT, bytes + " bytes are dumped", () -> halfDumps(rig) > bytes);
        return stop(dump);
    }

    private static List<Long> stop(List<Long> pids) throws IOException {
        Processes.signal("STOP", pids);
        return pids;
    }

    private static long halfDumps(Rig rig) throws IOException {
        long bytes = 0;
        for (String file : Trees.files(rig.localSets())) {
            if (file.contains(".dump.") && file.endsWith(".part")) {
                bytes += rig.localSets().resolve(file).toFile().length();
            }
        }
        return bytes;
    }
}
