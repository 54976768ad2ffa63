package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.StepToken;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a machine that systemd runs: a real one, in namespaces. */
@Tag("integration")
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SystemdMachineTest {
    private static final String SCRIPT = "src/test/scripts/systemd-machine";

    private final StepToken token = Commands.newToken();

    @TempDir
    static Path directory;

    private Path machine = Path.of("/nowhere");

    @BeforeAll
    void boot() throws IOException, InterruptedException {
        machine = directory.resolve("m" + ProcessHandle.current().pid());
        List<String> words = new ArrayList<>(List.of(SCRIPT, "start", machine.toString()));
        for (String path : neededInside()) {
            words.addAll(List.of("--bind", path));
        }
        Ran start = run(words);
        assertThat(start.exitCode()).as(start.output()).isZero();
    }

    @AfterAll
    void halt() throws IOException, InterruptedException {
        assertThat(run(List.of(SCRIPT, "stop", machine.toString())).exitCode()).isZero();
    }

    @Test
    void runsACommandInAUnitOfItsStep() throws IOException, InterruptedException {
        Ran ran = worker("run", "grep", "name=systemd\\|^0::", "/proc/self/cgroup");

        assertThat(ran.output()).contains("/system.slice/" + token.abbreviated() + "-grep-1.scope");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void reportsAProgramThatDiedOfASignalAsFailed() throws IOException, InterruptedException {
        assertThat(worker("run", "bash", "-c", "kill -TERM $$").exitCode()).isEqualTo(143);
        assertThat(worker("run", "bash", "-c", "kill -KILL $$").exitCode()).isEqualTo(137);
        assertThat(worker("run", "bash", "-c", "exit 3").exitCode()).isEqualTo(3);
    }

    @Test
    void passesArgumentsAndSecretsAsTheyAreAndShowsNoSecretToSystemd() throws IOException, InterruptedException {
        Ran ran = worker(
                "run",
                "bash",
                "-c",
                "printf '%s\\n' \"$1\" \"$PGPASSWORD\"; systemctl show '" + token.abbreviated()
                        + "-bash-1.scope'; systemctl show-environment",
                "name",
                "a b $HOME ${HOME} %h \\x20 \"q\"");

        assertThat(ran.output().lines())
                .startsWith("a b $HOME ${HOME} %h \\x20 \"q\"", WorkerInSmall.SECRET)
                .contains("ActiveState=active")
                .filteredOn(line -> line.contains("hunter2"))
                .hasSize(1);
    }

    @Test
    void keepsADaemonUntilTheStepIsFenced() throws IOException, InterruptedException {
        worker("run", "bash", "-c", "setsid sleep 1000 > /dev/null 2>&1 < /dev/null & exit 0");
        assertThat(sleepers()).containsExactly("1000");

        assertThat(worker("fence").output()).isEqualTo("SystemdLauncher ended 1\n");
        assertThat(sleepers()).isEmpty();
        assertThat(units()).isEmpty();
    }

    @Test
    void fencesWhatAKilledWorkerLeftBehind() throws IOException, InterruptedException {
        killAWorkerThatRuns(FenceTest.FAMILY);

        assertThat(worker("fence").output()).isEqualTo("SystemdLauncher ended " + FenceTest.FAMILY_SIZE + "\n");
        assertThat(sleepers()).isEmpty();
        assertThat(units()).isEmpty();
        assertThat(worker("fence").output()).isEqualTo("SystemdLauncher ended 0\n");
    }

    @Test
    void endsASurvivorWhoseNameItNeeds() throws IOException, InterruptedException {
        killAWorkerThatRuns(FenceTest.FAMILY);

        Ran second = worker("run", "bash", "-c", "echo again");

        assertThat(second.output()).startsWith("again\n");
        assertThat(second.exitCode()).isZero();
        assertThat(sleepers()).isEmpty();
    }

    private void killAWorkerThatRuns(String script) throws IOException, InterruptedException {
        List<String> words = inside(WorkerInSmall.words(token, "run", "bash", "-c", script));
        Process started = new ProcessBuilder(words)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (sleepers().size() < 6) {
            assertThat(System.nanoTime()).as("waited 60 s").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        assertThat(units()).containsExactly(token.abbreviated() + "-bash-1.scope");
        assertThat(run(inside(List.of("pkill", "-KILL", "-x", "java"))).exitCode())
                .isZero();
        assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sleepers()).hasSize(6);
    }

    /** The arguments of the {@code sleep}s that live inside. */
    private List<String> sleepers() throws IOException, InterruptedException {
        return run(inside(List.of("ps", "-C", "sleep", "-o", "args=")))
                .output()
                .lines()
                .map(line -> line.strip().replace("sleep ", ""))
                .toList();
    }

    private List<String> units() throws IOException, InterruptedException {
        return run(inside(List.of("systemctl", "list-units", "--all", "--plain", "--no-legend", "windlass-*")))
                .output()
                .lines()
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
    }

    private Ran worker(String... arguments) throws IOException, InterruptedException {
        return run(inside(WorkerInSmall.words(token, arguments)));
    }

    private List<String> inside(List<String> words) {
        List<String> all = new ArrayList<>(List.of(SCRIPT, "exec", machine.toString()));
        all.addAll(words);
        return all;
    }

    private Ran run(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** Directories of the JDK and of everything on the class path. */
    private static Set<String> neededInside() throws IOException {
        Set<String> directories = new TreeSet<>();
        directories.add(System.getProperty("java.home"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            directories.add(
                    Files.isDirectory(path)
                            ? path.toString()
                            : path.resolveSibling("").toString());
        }
        return directories;
    }

    private record Ran(int exitCode, String output) {}
}
