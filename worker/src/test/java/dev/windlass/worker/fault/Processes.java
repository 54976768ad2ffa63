package dev.windlass.worker.fault;

import dev.windlass.worker.testing.Eventually;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** The machine's processes as /proc shows them: the product is not asked. */
final class Processes {
    private static final Duration LOOKING = Duration.ofMillis(1);
    private static final Duration YOUNG = Duration.ofSeconds(2);

    private Processes() {}

    /** Living processes that carry the mark of a run, described as {@code pid name}. */
    static List<String> ofRun(String workflowId) {
        return numbered().stream()
                .filter(pid -> isOfRun(pid, workflowId))
                .map(pid -> pid + " " + nameOf(pid))
                .toList();
    }

    /** Living processes of all runs that are told to work on something in a directory. */
    static List<Long> ofRunsOn(Path directory) {
        return numbered().stream()
                .filter(pid -> text(pid, "cmdline").contains(directory.toString())
                        && text(pid, "environ").contains("WINDLASS_STEP=")
                        && isAlive(pid))
                .toList();
    }

    /** Those of a run that execute this program; {@code setpriv} and {@code nice} before it do not count. */
    static List<Long> running(String program, String workflowId) {
        return numbered().stream()
                .filter(pid -> nameOf(pid).equals(program) && isOfRun(pid, workflowId))
                .toList();
    }

    /** Those that work in a directory or below it. */
    static List<Long> within(Path directory) {
        return numbered().stream()
                .filter(pid -> Path.of(cwdOf(pid)).startsWith(directory))
                .toList();
    }

    static List<Long> awaitProgram(String program, String workflowId) {
        return awaitProgram(program, "", workflowId);
    }

    /** @param word that it was called with */
    static List<Long> awaitProgram(String program, String word, String workflowId) {
        List<Long> found = new ArrayList<>();
        Map<Long, Long> firstSeen = new HashMap<>();
        // Some of these programs live for a moment only, so this looks nearly without a pause.
        Eventually.holds(
                Duration.ofSeconds(120),
                LOOKING,
                program + " of run " + workflowId + " is at work",
                () -> found.addAll(young(firstSeen).stream()
                        .filter(pid -> nameOf(pid).equals(program)
                                && text(pid, "cmdline").contains(word)
                                && isOfRun(pid, workflowId))
                        .toList()));
        return found;
    }

    /**
     * Those that may still become another program. What has been there for long stays what it is; to read about each process
     * of the machine a thousand times a second would take the run the processor that it needs to get there.
     */
    private static List<Long> young(Map<Long, Long> firstSeen) {
        long now = System.nanoTime();
        List<Long> all = numbered();
        // A number may be given to another process later.
        firstSeen.keySet().retainAll(new HashSet<>(all));
        return all.stream()
                .filter(pid -> now - firstSeen.computeIfAbsent(pid, any -> now) < YOUNG.toNanos())
                .toList();
    }

    private static List<Long> numbered() {
        String[] names = new File("/proc").list((directory, name) -> Character.isDigit(name.charAt(0)));
        return names == null
                ? List.of()
                : Arrays.stream(names).map(Long::valueOf).toList();
    }

    static void kill(List<Long> pids) {
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Eventually.holds(
                Duration.ofSeconds(20),
                "processes " + pids + " are gone",
                () -> pids.stream().noneMatch(Processes::isAlive));
    }

    /** @param signal such as STOP or CONT; processes that are gone are no error */
    static void signal(String signal, List<Long> pids) throws IOException {
        List<String> words = new ArrayList<>(List.of("kill", "-" + signal));
        pids.forEach(pid -> words.add(pid.toString()));
        try {
            new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static boolean isAlive(long pid) {
        String stat = text(pid, "stat");
        String state = stat.substring(stat.lastIndexOf(')') + 1).strip();
        return !state.isEmpty() && !state.startsWith("Z") && !state.startsWith("X");
    }

    private static boolean isOfRun(long pid, String workflowId) {
        return text(pid, "environ").contains("WINDLASS_STEP=" + workflowId + "|") && isAlive(pid);
    }

    private static String nameOf(long pid) {
        return text(pid, "comm").strip();
    }

    private static String cwdOf(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static String text(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
