package dev.windlass.activities.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentSecretsTest {
    @TempDir
    Path directory;

    private final EnvironmentSecrets secrets = new EnvironmentSecrets(Map.of("TOKEN", "xoxb-1", "EMPTY", ""));

    @Test
    void readsTheGivenEnvironment() {
        assertThat(secrets.resolve(new SecretReference("env:TOKEN"))).isEqualTo("xoxb-1");
    }

    @Test
    void readsAFileWithoutItsLastNewline() throws IOException {
        assertThat(secrets.resolve(reference(file("key", " two\nlines \n\n", "rw-------"))))
                .isEqualTo(" two\nlines \n");
        assertThat(secrets.resolve(reference(file("other", "pässword", "r--------"))))
                .isEqualTo("pässword");
    }

    @Test
    void followsALinkToAPrivateFile() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file("key", "value", "rw-------"));

        assertThat(secrets.resolve(reference(link))).isEqualTo("value");
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        Path file = file("key", "value", "rw-r-----").toRealPath();

        assertRefused(
                file,
                "secret file:" + file + " can be read by others: " + file + " has mode rw-r-----",
                "run chmod 600 " + file + ", and change the secret if somebody may have read it");
    }

    @Test
    void refusesALinkToAFileThatOthersCanRead() throws IOException {
        Path file = file("key", "value", "rw----r--").toRealPath();
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);

        assertRefused(
                link,
                "secret file:" + link + " can be read by others: " + file + " has mode rw----r--",
                "run chmod 600 " + file + ", and change the secret if somebody may have read it");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(failure(new SecretReference("env:NOPE")))
                .isEqualTo(new Failure(
                        FailureType.SECRET_MISSING,
                        "secret env:NOPE is not set in the worker's environment",
                        "set NOPE where the worker is started (its unit's EnvironmentFile), then restart it",
                        "backup.md#secret-missing"));
        assertThat(failure(new SecretReference("env:EMPTY")).fact()).isEqualTo("secret env:EMPTY is empty");
        assertRefused(
                directory.resolve("nope"),
                "secret file:" + directory.resolve("nope") + " does not exist",
                "create the file with mode 0600, then retry the step");
    }

    @Test
    void refusesDirectoriesLargeFilesAndZeroBytes() throws IOException {
        Path large = file("large", "x".repeat(EnvironmentSecrets.LIMIT + 1), "rw-------");
        Path zero = file("zero", "a\0b", "rw-------");

        assertThat(failure(reference(directory)).fact()).isEqualTo("secret file:" + directory + " is not a file");
        assertThat(failure(reference(large)).fact()).isEqualTo("secret file:" + large + " is larger than 65536 bytes");
        assertThat(failure(reference(zero)).fact()).isEqualTo("secret file:" + zero + " holds a zero byte");
    }

    private void assertRefused(Path file, String fact, String hint) {
        assertThat(failure(reference(file)))
                .isEqualTo(new Failure(FailureType.SECRET_MISSING, fact, hint, "backup.md#secret-missing"));
    }

    private Failure failure(SecretReference reference) {
        try {
            secrets.resolve(reference);
        } catch (RuntimeException thrown) {
            return Failure.in(thrown).orElseThrow();
        }
        throw new AssertionError("was resolved");
    }

    private Path file(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static SecretReference reference(Path file) {
        return new SecretReference("file:" + file);
    }
}
