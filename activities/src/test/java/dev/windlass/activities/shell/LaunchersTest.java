package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.effects.StepToken;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchersTest {
    private static final Launch LAUNCH =
            new Launch(new StepToken("backup", "run-1", StepId.of("dump", "orders")), "pg_dump", 2);
    private static final String UNIT = LAUNCH.token().abbreviated() + "-pg_dump-2.scope";

    private final List<String> asked = new ArrayList<>();
    private final SystemdLauncher systemd = new SystemdLauncher(words -> asked.add(String.join(" ", words)));

    @TempDir
    Path root;

    @Test
    void takesSystemdOnlyWhereItRunsTheMachineAndWeAreRoot() throws IOException {
        assertThat(Launchers.detect(root, true)).isInstanceOf(ProcessGroupLauncher.class);

        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(Launchers.detect(root, true)).isInstanceOf(ProcessGroupLauncher.class);

        Files.createDirectories(root.resolve("usr/bin"));
        Files.createFile(
                root.resolve("usr/bin/systemd-run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThat(Launchers.detect(root, true)).isInstanceOf(SystemdLauncher.class);
        assertThat(Launchers.detect(root, false)).isInstanceOf(ProcessGroupLauncher.class);
    }

    @Test
    void startsASessionOfItsOwn() {
        assertThat(new ProcessGroupLauncher().wordsFor(LAUNCH, List.of("pg_dump", "-Fc")))
                .containsExactly("setsid", "pg_dump", "-Fc");
    }

    @Test
    void startsAUnitNamedByStepProgramAndIndex() {
        assertThat(systemd.wordsFor(LAUNCH, List.of("pg_dump", "-Fc")))
                .containsExactly(
                        "setsid",
                        "systemd-run",
                        "--scope",
                        "--quiet",
                        "--collect",
                        "--unit=" + UNIT,
                        "--description=Windlass: pg_dump of step dump/orders",
                        "--",
                        "pg_dump",
                        "-Fc");
    }

    @Test
    void makesAUnitNameOfAnyProgramName() {
        assertThat(new Launch(LAUNCH.token(), "odd name@1%", 1).name())
                .isEqualTo(LAUNCH.token().abbreviated() + "-odd_name_1_-1");
    }

    @Test
    void recognizesOnlySystemdsOwnRefusalOfThisUnit() {
        String refusal =
                "Failed to start transient scope unit: Unit " + UNIT + " was already loaded or has a fragment file.";

        assertThat(systemd.isRefusal(LAUNCH, 1, List.of(refusal))).isTrue();
        assertThat(systemd.isRefusal(LAUNCH, 0, List.of(refusal))).isFalse();
        assertThat(systemd.isRefusal(LAUNCH, 1, List.of("pg_dump: error: x"))).isFalse();
        assertThat(systemd.isRefusal(LAUNCH, 1, List.of(refusal.replace("pg_dump-2", "pg_dump-1"))))
                .isFalse();
    }

    @Test
    void endsAUnitWhole() {
        assertThat(systemd.end(LAUNCH, Optional.empty())).isZero();

        assertThat(asked).containsExactly("kill --signal=KILL " + UNIT, "stop " + UNIT, "reset-failed " + UNIT);
    }

    @Test
    void endsEveryUnitOfAStep() {
        assertThat(systemd.endAll(LAUNCH.token())).isZero();

        String pattern = LAUNCH.token().abbreviated() + "-*.scope";
        assertThat(asked)
                .containsExactly("kill --signal=KILL " + pattern, "stop " + pattern, "reset-failed " + pattern);
    }
}
