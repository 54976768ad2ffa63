package dev.windlass.runbooks.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.config.Problem;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
    private static final String IDENTITY = "AGE-SECRET-KEY-1" + "Q".repeat(58);
    private static final String WHOLE = """
            # kept off the machine
            WINDLASS_RECOVERY_ENDPOINT=https://example.r2.cloudflarestorage.com
            WINDLASS_RECOVERY_BUCKET=example-backups
            WINDLASS_RECOVERY_PREFIX=production   # as in ops.yml
            WINDLASS_RECOVERY_ACCESS_KEY="key"
            WINDLASS_RECOVERY_SECRET_KEY=se=cr#et
            WINDLASS_RECOVERY_AGE_IDENTITY=%s
            """.formatted(IDENTITY);

    @TempDir
    private Path directory;

    @Test
    void readsAWholeFile() throws IOException {
        RecoveryCredential credential = read(WHOLE).credential().orElseThrow();

        assertThat(credential.bucket())
                .isEqualTo(new RecoveryBucket(
                        "https://example.r2.cloudflarestorage.com",
                        "auto",
                        "example-backups",
                        "production/",
                        Authority.PUBLIC));
        assertThat(credential.files())
                .containsEntry("/run/windlass-recovery/access-key", "key")
                .containsEntry("/run/windlass-recovery/secret-key", "se=cr#et")
                .containsEntry("/run/windlass-recovery/identity", IDENTITY)
                .hasSize(3);
        assertThat(credential)
                .hasToString("credential for example-backups/production/ at https://example.r2.cloudflarestorage.com");
    }

    @Test
    void takesTheCertificateOfAPrivateAuthorityBesideIt() throws IOException {
        Files.writeString(directory.resolve("authority.pem"), "PEM");

        RecoveryCredential credential = read(WHOLE + "WINDLASS_RECOVERY_AUTHORITY=authority.pem\n")
                .credential()
                .orElseThrow();

        assertThat(credential.bucket().authority()).isEqualTo(Authority.PRIVATE);
        assertThat(credential.files()).containsEntry("/run/windlass-recovery/authority.pem", "PEM");
    }

    @Test
    void tellsAllThatIsWrongAtOnceAndNoValue() throws IOException {
        CredentialFile.Reading reading = read("""
                WINDLASS_RECOVERY_ENDPOINT=http://plain.example.com
                WINDLASS_RECOVERY_ACCESS_KEY=two words
                my secret
                WINDLASS_RECOVERY_AGE_IDENTITY=age1recipient
                WINDLASS_RECOVERY_ACCESS_KEY=again
                WINDLASS_RECOVERY_AUTHORITY=not-there.pem
                """);

        assertThat(reading.credential()).isEmpty();
        assertThat(reading.problems().stream().map(Problem::text).map(text -> text.replace(directory.toString(), "")))
                .containsExactly("""
                        /credential:1:1: WINDLASS_RECOVERY_BUCKET is missing
                          hint: add a line with it: the name of a bucket: 3-63 lower-case letters, digits, '-' and '.'""", """
                        /credential:1:1: WINDLASS_RECOVERY_ENDPOINT is not an https URL without a path (not shown)
                          hint: copy the value again, whole""", """
                        /credential:1:1: WINDLASS_RECOVERY_SECRET_KEY is missing
                          hint: add a line with it: the secret of that key, in one word""", """
                        /credential:2:1: WINDLASS_RECOVERY_ACCESS_KEY is not a key of the bucket, in one word (not shown)
                          hint: copy the value again, whole""", """
                        /credential:3:1: this line gives none of the values that are known (not shown)
                          hint: write NAME=value with WINDLASS_RECOVERY_ENDPOINT, BUCKET, PREFIX, REGION, AUTHORITY, ACCESS_KEY, SECRET_KEY or AGE_IDENTITY""", """
                        /credential:4:1: WINDLASS_RECOVERY_AGE_IDENTITY is not an identity as age-keygen writes it, AGE-SECRET-KEY-1 and 58 more (not shown)
                          hint: copy the value again, whole""", """
                        /credential:5:1: WINDLASS_RECOVERY_ACCESS_KEY is given twice
                          hint: keep one of them""", """
                        /credential:6:1: WINDLASS_RECOVERY_AUTHORITY names no certificate that can be read
                          hint: write the path of a PEM file, or leave the line out where a public authority has signed""");
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        Path file = write(WHOLE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(CredentialFile.read(file).problems())
                .extracting(Problem::message)
                .containsExactly("it can be read by others: its mode is rw-r-----");
    }

    @Test
    void saysWhereThereIsNoFile() {
        assertThat(CredentialFile.read(directory.resolve("none")).problems())
                .extracting(Problem::message)
                .isEqualTo(List.of("there is no such file"));
    }

    private CredentialFile.Reading read(String text) throws IOException {
        return CredentialFile.read(write(text));
    }

    private Path write(String text) throws IOException {
        Path file = directory.resolve("credential");
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
