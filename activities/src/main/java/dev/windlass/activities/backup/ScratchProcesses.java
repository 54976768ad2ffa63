package dev.windlass.activities.backup;

import dev.windlass.workflows.kernel.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The server processes of one scratch cluster, or of a throw-away Redis server, known by the directory they run in. The number in postmaster.pid is not
 * enough: after a reboot it may be that of production's server, which runs as the same user.
 */
public final class ScratchProcesses {
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ScratchProcesses() {}

    public static boolean isRunning(Path data) {
        try {
            // A server that has just begun has made the file, and written nothing yet.
            return Files.readAllLines(data.resolve("postmaster.pid")).stream()
                    .findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .map(process -> runsIn(process, data))
                    .orElse(false);
        } catch (IOException | NumberFormatException noServer) {
            return false;
        }
    }

    /** Backends outlive a killed postmaster until their query ends: waits a little, then kills them. */
    public static void endAll(Path data) {
        long start = System.nanoTime();
        List<ProcessHandle> left = in(data);
        while (!left.isEmpty()) {
            long waited = System.nanoTime() - start;
            if (waited > LIMIT.toNanos()) {
                throw PostgresFailures.failure(
                        FailureType.COMMAND_FAILED,
                        left.size() + " processes of the scratch cluster in " + data + " cannot be ended",
                        "look at them with ps; one in state D waits for its disk",
                        "scratch-cluster",
                        null);
            }
            if (waited > GRACE.toNanos()) {
                left.forEach(ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            left = in(data);
        }
    }

    static boolean isAnyIn(Path data) {
        return !in(data).isEmpty();
    }

    private static List<ProcessHandle> in(Path data) {
        return ProcessHandle.allProcesses()
                .filter(process -> runsIn(process, data))
                .toList();
    }

    private static boolean runsIn(ProcessHandle process, Path data) {
        try {
            String directory = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"))
                    .toString();
            return directory.equals(data.toString()) || directory.equals(data + " (deleted)");
        } catch (IOException | SecurityException goneOrSomebodyElses) {
            return false;
        }
    }
}
