package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left, of files and of processes, when a command ends well, badly, or in the middle. */
@Timeout(60)
class CommandEndTest {
    private static final SecretReference PASSWORD = new SecretReference("env:PASSWORD");
    private static final String SECRET = "hunter2-äöü";

    @TempDir
    Path directory;

    private final CommandShell shell = shellWithDiskOf(Long.MAX_VALUE);

    private static CommandShell shellWithDiskOf(long bytes) {
        return new CommandShell(new ProcessGroupLauncher(), reference -> SECRET, new PlainSealedFiles(bytes));
    }

    @Test
    void writesAFileThatOnlyItsOwnerCanRead() throws IOException {
        Path file = directory.resolve("facts.json");

        CommandResult result =
                shell.run(Commands.writing(new Channel.PlainFile(file.toString()), "printf whole"), Commands.context());

        assertThat(result.isSuccess()).isTrue();
        assertThat(file).hasContent("whole");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(filesLeft()).containsExactly("facts.json");
    }

    @Test
    void keepsTheOldFileWhenTheProgramFails() throws IOException {
        Path file = Files.writeString(directory.resolve("facts.json"), "old");

        shell.run(Commands.writing(new Channel.PlainFile(file.toString()), "printf half; exit 1"), Commands.context());

        assertThat(file).hasContent("old");
        assertThat(filesLeft()).containsExactly("facts.json");
    }

    @Test
    void commitsASealedFileAtExitCodeZero() {
        Path file = directory.resolve("orders.age");

        CommandResult result =
                shell.run(Commands.writing(Commands.sealed(file), "head -c 1000000 /dev/zero"), Commands.context());

        assertThat(result.sealed())
                .hasValueSatisfying(receipt -> assertThat(receipt.plainBytes()).isEqualTo(1_000_000));
        assertThat(file).hasSize(1_000_000);
    }

    @Test
    void neverCommitsWhatAKilledProgramWrote() throws IOException {
        Path file = directory.resolve("orders.age");

        // The end of file is clean: nothing but the exit code tells that the rest is missing.
        CommandResult result = shell.run(
                Commands.writing(Commands.sealed(file), "head -c 1000000 /dev/zero; kill -KILL $$"),
                Commands.context());

        assertThat(result.exitCode()).isEqualTo(137);
        assertThat(result.sealed()).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void killsTheTreeWhenTheDiskIsFull() throws IOException {
        StepContext context = Commands.context();

        assertThatThrownBy(() -> shellWithDiskOf(5_000_000)
                        .run(
                                Commands.writing(Commands.sealed(directory.resolve("orders.age")), "cat /dev/zero"),
                                context))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo(FailureType.DISK_FULL.name());
                    assertThat(failure.getOriginalMessage())
                            .isEqualTo("no space left for " + directory
                                    + "/orders.age: No space left on device\nhint: free space on its file system, then"
                                    + " retry; what was written of it is removed already\nsee:"
                                    + " runbooks/backup.md#disk-full");
                });
        assertThat(Survivors.of(context.token())).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void killsTheTreeAndRethrowsWhenThePulseThrows() throws IOException {
        StepToken token = Commands.newToken();
        IllegalStateException cancelled = new IllegalStateException("cancelled");
        StepContext context = Commands.context(token, progress -> {
            if (progress.done() > 0) {
                throw cancelled;
            }
        });

        assertThatThrownBy(() -> shell.run(
                        Commands.writing(
                                Commands.sealed(directory.resolve("orders.age")),
                                "sleep 1000 & (setsid sleep 1001 &) ; cat /dev/zero | head -c 1000; sleep 1002"),
                        context))
                .isSameAs(cancelled);
        assertThat(Survivors.of(token)).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void neverLetsAProgramTakeABrokenInputForAWholeOne() {
        StepContext context = Commands.context();
        Path mark = directory.resolve("believed");
        SealedFiles damaged = new PlainSealedFiles(0) {
            @Override
            public InputStream open(Channel.OpenedFile file) {
                return new SequenceInputStream(new ByteArrayInputStream(new byte[1_000_000]), new InputStream() {
                    @Override
                    public int read() {
                        throw new IllegalStateException("artefact damaged");
                    }
                });
            }
        };
        CommandShell overDamaged = new CommandShell(new ProcessGroupLauncher(), reference -> SECRET, damaged);

        assertThatThrownBy(() -> overDamaged.run(
                        Commands.reading(
                                new Channel.OpenedFile("/orders.age", PASSWORD),
                                "bash",
                                "-c",
                                "cat > /dev/null; touch " + mark),
                        context))
                .hasMessage("artefact damaged");
        assertThat(Survivors.of(context.token())).isEmpty();
        assertThat(mark).doesNotExist();
    }

    @Test
    void killsTheTreeWhenTheWorkerStops() throws IOException {
        StepContext context = Commands.context();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> shell.run(
                        Commands.writing(Commands.sealed(directory.resolve("orders.age")), "sleep 1000 & sleep 1001"),
                        context))
                .hasMessageStartingWith("message='bash was killed because the worker is stopping");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Survivors.of(context.token())).isEmpty();
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void startsNothingForAStepThatIsCancelledAlready() {
        List<Effect> begun = new ArrayList<>();
        StepContext context = new StepContext(
                Commands.newToken(),
                progress -> {
                    throw new IllegalStateException("cancelled");
                },
                (step, effect) -> begun.add(effect));

        assertThatThrownBy(() -> shell.run(Commands.of("true"), context)).hasMessage("cancelled");
        assertThat(begun).isEmpty();
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
