package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.HostName;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandShellTest {
    private static final SecretReference PASSWORD = new SecretReference("env:PASSWORD");
    private static final String SECRET = "hunter2-äöü";

    @TempDir
    Path directory;

    private final CommandShell shell = shellWithDiskOf(Long.MAX_VALUE);

    private static CommandShell shellWithDiskOf(long bytes) {
        return new CommandShell(new ProcessGroupLauncher(), reference -> SECRET, new PlainSealedFiles(bytes));
    }

    @Test
    void returnsExitCodesAndLastWords() {
        CommandResult result = shell.run(Commands.script("echo out; echo err >&2; exit 7"), Commands.context());

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).containsExactly("out");
        assertThat(result.errorTail()).containsExactly("err");
        assertThatThrownBy(() -> result.orFail("look", "backup.md#x"))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class,
                        failure -> assertThat(failure.getOriginalMessage())
                                .isEqualTo("bash ended with exit code 7: err\nhint: look\nsee: runbooks/backup.md#x"));
    }

    @Test
    void putsASecretIntoAnAddressInTheEnvironmentOnlyAndBlotsItOut() {
        Command command = new Command(
                Access.READS,
                new HostName("local"),
                List.of("bash", "-c", "printenv URL OTHER >&2"),
                new TreeMap<>(Map.of("URL", "db://me:$PASSWORD@here", "OTHER", "$HOME is $5")),
                new TreeMap<>(Map.of("PASSWORD", PASSWORD)),
                Commands.NONE,
                Commands.NONE);

        assertThat(shell.run(command, Commands.context()).errorTail())
                .containsExactly("db://me:***@here", "$HOME is $5");
        Command telling = new Command(
                command.access(),
                command.host(),
                List.of("bash", "-c", "printenv URL | tr -d '\\n' | sha256sum"),
                command.environment(),
                command.secrets(),
                Commands.NONE,
                Commands.NONE);
        assertThat(shell.run(telling, Commands.context()).output())
                .as("SHA-256 of the address, encoded")
                .containsExactly("ca0e41c3c77984e1e20649e9c444ffebb9f966614875a17c8d8f24715bd3df47  -");
    }

    @Test
    void passesArgumentsAsTheyAre() {
        CommandResult result = shell.run(
                Commands.of("printf", "%s|", "a b", "$HOME", "\"q\"", "", "*", "{slot}", "100%"), Commands.context());

        assertThat(result.output()).containsExactly("a b|$HOME|\"q\"||*|{slot}|100%|");
    }

    @Test
    void showsAWatchExactlyWhatTheProgramReads() {
        String text = "zwölf\n".repeat(60_000);
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        InputWatch watch = new InputWatch() {
            @Override
            public void begin() {
                seen.reset();
            }

            @Override
            public void passed(byte[] bytes, int offset, int length) {
                seen.write(bytes, offset, length);
            }
        };
        Command command = Commands.command(List.of("sha256sum"), Map.of(), new Channel.Text(text), Commands.NONE);
        CommandResult watched = shell.run(command, Commands.context(), watch);

        assertThat(seen.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(watched.output())
                .isEqualTo(shell.run(command, Commands.context()).output());
    }

    @Test
    void startsFromACleanEnvironment() {
        StepContext context = Commands.context();
        Command command = new Command(
                Access.READS,
                new HostName("local"),
                List.of("env", "-0"),
                new TreeMap<>(Map.of("PGAPPNAME", "windlass")),
                new TreeMap<>(Map.of("PGPASSWORD", PASSWORD)),
                Commands.NONE,
                Commands.NONE);

        String output = String.join("\n", shell.run(command, context).output());

        assertThat(output.split("\0"))
                .containsExactlyInAnyOrder(
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "HOME=" + System.getProperty("user.home"),
                        "LANG=C.UTF-8",
                        "TZ=UTC",
                        "PGAPPNAME=windlass",
                        "PGPASSWORD=" + SECRET,
                        "WINDLASS_STEP=" + context.token().value(),
                        "WINDLASS_COMMAND=" + context.token().abbreviated() + "-env-1");
    }

    @Test
    void boundsOutputOf200000Lines() {
        CommandResult result =
                shell.run(Commands.script("seq -f 'line %.0f' 200000; seq 200000 >&2; exit 3"), Commands.context());

        assertThat(result.output())
                .hasSize(FirstLines.LINES)
                .startsWith("line 1", "line 2")
                .endsWith("line " + FirstLines.LINES);
        assertThat(result.errorTail()).hasSize(ErrorTail.LINES).endsWith("199999", "200000");
    }

    @Test
    void feedsTextAndFiles() throws IOException {
        Path file = Files.write(directory.resolve("in"), new byte[3_000_000]);

        CommandResult text = shell.run(Commands.reading(new Channel.Text("zwölf\n"), "cat"), Commands.context());
        CommandResult plain =
                shell.run(Commands.reading(new Channel.PlainFile(file.toString()), "wc", "-c"), Commands.context());
        CommandResult opened = shell.run(
                Commands.reading(new Channel.OpenedFile(file.toString(), PASSWORD), "wc", "-c"), Commands.context());

        assertThat(text.output()).containsExactly("zwölf");
        assertThat(plain.output()).containsExactly("3000000");
        assertThat(opened.output()).containsExactly("3000000");
    }

    @Test
    void takesAProgramThatDoesNotWantItsWholeInput() throws IOException {
        Path file = Files.write(directory.resolve("in"), new byte[3_000_000]);

        CommandResult result = shell.run(
                Commands.reading(new Channel.PlainFile(file.toString()), "head", "-c", "1"), Commands.context());

        assertThat(result.isSuccess()).isTrue();
    }

    @Test
    void beatsWithTheBytesWrittenSoFar() {
        List<Progress> beats = new ArrayList<>();
        StepContext context = Commands.context(Commands.newToken(), beats::add);

        shell.run(
                Commands.writing(Commands.sealed(directory.resolve("orders.age")), "printf 12345; sleep 2.5"), context);

        assertThat(beats).hasSizeBetween(2, 4);
        assertThat(beats.getLast()).isEqualTo(new Progress("bash", 5, Optional.empty(), "bytes", ""));
    }

    @Test
    void announcesEachCommandBeforeItStarts() {
        Path mark = directory.resolve("mark");
        List<Effect> begun = new ArrayList<>();
        Command command = Commands.of("touch", mark.toString());
        StepContext context = new StepContext(Commands.newToken(), progress -> {}, (step, effect) -> {
            assertThat(mark).doesNotExist();
            begun.add(effect);
        });

        shell.run(command, context);

        assertThat(begun).containsExactly(command);
        assertThat(mark).exists();
    }

    @Test
    void blotsSecretsOutOfTheErrors() {
        Command command = Commands.command(
                List.of("bash", "-c", "echo \"FATAL: password $PGPASSWORD is wrong ($PGPASSWORD)\" >&2; exit 2"),
                Map.of("PGPASSWORD", PASSWORD),
                Commands.NONE,
                Commands.NONE);

        assertThat(shell.run(command, Commands.context()).errorTail())
                .containsExactly("FATAL: password *** is wrong (***)");
    }

    @Test
    void doesNotWaitForADaemonThatKeepsThePipeOpen() {
        StepContext context = Commands.context();

        CommandResult result = shell.run(Commands.script("echo started; setsid sleep 1000 & exit 0"), context);

        assertThat(result.output()).containsExactly("started");
        assertThat(shell.fence(context)).isEqualTo(1);
    }

    @Test
    void namesThePackageOfAMissingProgram() {
        assertThatThrownBy(() -> shell.run(
                        Commands.of("nice", "-n", "10", "--", "/usr/lib/postgresql/99/bin/pg_dump", "orders"),
                        Commands.context()))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("TOOL_MISSING");
                    assertThat(failure.getOriginalMessage())
                            .isEqualTo("program /usr/lib/postgresql/99/bin/pg_dump is not installed\nhint: install the"
                                    + " package postgresql-client-99, then retry the step\nsee:"
                                    + " runbooks/backup.md#tool-missing");
                });
    }

    @Test
    void refusesACommandForAnotherHost() {
        Command command = new Command(
                Access.READS,
                new HostName("vps-2"),
                List.of("true"),
                new TreeMap<>(),
                new TreeMap<>(),
                Commands.NONE,
                Commands.NONE);

        assertThatThrownBy(() -> shell.run(command, Commands.context()))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow().fact())
                        .isEqualTo(
                                "command true is meant for host vps-2, and this worker runs commands on its own machine"
                                        + " only"));
    }
}
