package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The slots as units of systemd, on a real machine with systemd, in namespaces. */
@Tag("integration")
@Timeout(600)
class SystemdDeployTest {
    private static final String SCRIPT = "src/test/scripts/systemd-machine";

    @TempDir
    Path directory;

    @Test
    void startsAndStopsVersionsAsUnitsThatNoFenceReaches() throws IOException, InterruptedException {
        String machine = directory.resolve("d" + ProcessHandle.current().pid()).toString();
        String java = System.getProperty("java.home") + "/bin/java";
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> start = new ArrayList<>(List.of(SCRIPT, "start", machine));
        neededInside(classPath).forEach(path -> start.addAll(List.of("--bind", path)));
        try {
            run(start);
            String classes = Path.of("target/test-classes").toAbsolutePath().toString();
            String said = run(List.of(
                    SCRIPT, "exec", machine, java, "-cp", classPath, SystemdSlots.class.getName(), java, classes));
            assertThat(said.lines().filter(line -> !line.startsWith("SLF4J")))
                    .containsExactly(
                            "v1: Healthy",
                            "fenced: 0",
                            "same process: true",
                            "group: true",
                            "arguments: a b $HOME ${HOME} %h \\x20 \"q\" 'p'",
                            ";",
                            "variables: true",
                            "undone: inactive false",
                            "v2: Healthy",
                            "blue: inactive",
                            "green: active",
                            "comes back: true");
        } finally {
            run(List.of(SCRIPT, "stop", machine));
        }
    }

    private String run(List<String> words) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    /** Directories of the JDK and of everything on the class path. */
    private static Set<String> neededInside(String classPath) {
        Set<String> directories = new TreeSet<>(Set.of(System.getProperty("java.home")));
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry).toAbsolutePath();
            directories.add(
                    Files.isDirectory(path)
                            ? path.toString()
                            : path.resolveSibling("").toString());
        }
        return directories;
    }
}
