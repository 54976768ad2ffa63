package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepLogFilesTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final String SECRET = "hunter2-äöü?&x";

    @TempDir
    Path state;

    @Test
    void keepsWhatACommandPrintsForItsOwnerOnly() throws Exception {
        Path file = run("echo out; echo err >&2; printf end; exit 3");

        assertThat(Files.readAllLines(file).stream().map(StepLogFilesTest::withoutCommand))
                .startsWith("$")
                .contains("out", "err", "end")
                .endsWith("[exit code 3]");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void takesSecretsOutHoweverTheyAreWritten() {
        SecretMask mask = new SecretMask(List.of(SECRET));

        assertThat(mask.apply("a " + SECRET + " b")).isEqualTo("a *** b");
        assertThat(mask.apply("?q=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8) + "&r"))
                .isEqualTo("?q=***&r");
        for (String before : List.of("", "u:", "user:", "users:")) {
            String basic = base64(before + SECRET + "!");
            assertThat(mask.apply("Basic " + basic)).doesNotContain(basic.substring(basic.length() / 2));
        }
        assertThat(mask.apply("nothing to hide")).isEqualTo("nothing to hide");
    }

    @Test
    void takesASecretOutThatComesInPieces() throws Exception {
        StepLogFiles logs = new StepLogFiles(state, NOON);
        StepLogs.StepLog log = logs.open(Commands.context(), Commands.of("printenv"), List.of(SECRET));
        byte[] text = ("before " + SECRET + " behind\n").getBytes(StandardCharsets.UTF_8);
        for (byte each : text) {
            log.write(StepLogs.Stream.OUTPUT, new byte[] {each}, 0, 1);
            log.write(StepLogs.Stream.ERROR, new byte[] {'.'}, 0, 1);
        }
        log.close("exit code 0");

        assertThat(Files.readString(logs.fileOf(Commands.context().token().workflowId())))
                .contains(" before *** behind\n")
                .doesNotContain("hunter2");
    }

    @Test
    void aCommandThatPrintsWithoutEndFillsNoDisk() throws Exception {
        Path file = run("head -c 20000000 /dev/zero | tr '\\0' 'x' | fold -w 100");

        assertThat(Files.size(file)).isBetween(1_000_000L, 12_000_000L);
        assertThat(Files.readString(file)).contains("bytes only the first are kept]");
    }

    @Test
    void removesLogsThatAreOlderThanAMonthWhenARunBeginsItsOwn() throws Exception {
        Path logs = Files.createDirectory(state.resolve("logs"));
        Path old = Files.writeString(logs.resolve("deploy-old.log"), "old");
        Path young = Files.writeString(logs.resolve("deploy-young.log"), "young");
        Path other = Files.writeString(logs.resolve("notes.txt"), "not ours");
        Instant now = NOON.instant();
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(31))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofDays(29))));
        Files.setLastModifiedTime(other, FileTime.from(now.minus(Duration.ofDays(31))));

        run("echo out");

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(other).exists();
    }

    @Test
    void aDiskThatTakesNothingFailsNoCommand() throws Exception {
        Files.writeString(state.resolve("logs"), "in the way");
        CommandResult result = shell().run(Commands.script("echo out"), Commands.context());

        assertThat(result.exitCode()).isZero();
    }

    private Path run(String script) {
        shell().run(Commands.script(script), Commands.context());
        return new StepLogFiles(state, NOON).fileOf(Commands.context().token().workflowId());
    }

    private CommandShell shell() {
        return new CommandShell(
                new ProcessGroupLauncher(),
                reference -> SECRET,
                new PlainSealedFiles(Long.MAX_VALUE),
                new StepLogFiles(state, NOON));
    }

    private static String withoutCommand(String line) {
        String text = line.substring(line.indexOf(' ', line.indexOf(' ') + 1) + 1);
        return text.startsWith("$") ? "$" : text;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
