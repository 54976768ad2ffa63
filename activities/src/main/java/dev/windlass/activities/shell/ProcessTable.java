package dev.windlass.activities.shell;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds processes and ends them. */
final class ProcessTable {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ProcessTable() {}

    /**
     * Kills the processes that match, and their descendants, again and again until none is left: one that forks while we
     * look is caught on the next round.
     *
     * @return how many there were
     */
    static int end(String whose, Predicate<RunningProcess> matches) {
        Set<ProcessHandle> killed = new HashSet<>();
        boolean interrupted = false;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<RunningProcess> left = find(matches);
        while (!left.isEmpty()) {
            for (RunningProcess process : left) {
                killed.add(process.handle());
                process.handle().destroyForcibly();
            }
            if (System.nanoTime() > deadline) {
                throw unkillable(whose, left);
            }
            interrupted |= !pause();
            left = find(matches);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return killed.size();
    }

    /** Never this process: a worker that was itself started by a step must not end itself. */
    static List<RunningProcess> find(Predicate<RunningProcess> matches) {
        long self = ProcessHandle.current().pid();
        List<RunningProcess> all = snapshot();
        List<RunningProcess> found = new ArrayList<>();
        Set<Long> pids = new HashSet<>();
        for (RunningProcess process : all) {
            if (process.pid() != self && matches.test(process)) {
                found.add(process);
                pids.add(process.pid());
            }
        }
        // Descendants too: PostgreSQL's backends overwrite the place where their environment stood with their title.
        boolean grew = !found.isEmpty();
        while (grew) {
            grew = false;
            for (RunningProcess process : all) {
                if (process.pid() != self && pids.contains(process.parent()) && pids.add(process.pid())) {
                    found.add(process);
                    grew = true;
                }
            }
        }
        return found;
    }

    private static List<RunningProcess> snapshot() {
        try (Stream<ProcessHandle> handles = ProcessHandle.allProcesses()) {
            return handles.map(RunningProcess::read).flatMap(Optional::stream).toList();
        }
    }

    /** @return false when this thread was interrupted; what is being ended must end all the same */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException later) {
            return false;
        }
    }

    private static RuntimeException unkillable(String whose, List<RunningProcess> left) {
        List<Long> pids = left.stream().map(RunningProcess::pid).sorted().toList();
        return new Failure(
                        FailureType.COMMAND_FAILED,
                        "processes " + pids + " of " + whose + " are alive " + LIMIT.toSeconds()
                                + " s after they were killed",
                        "look at them with ps -o pid,user,stat,wchan,args; one in state D waits for a disk or a network"
                                + " file system",
                        "backup.md#command-failed")
                .asException();
    }
}
