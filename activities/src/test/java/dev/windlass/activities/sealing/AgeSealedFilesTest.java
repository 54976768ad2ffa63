package dev.windlass.activities.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeSealedFilesTest {
    @TempDir
    Path directory;

    private Path file = Path.of("/");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("app.dump.zst.age");
    }

    /** 65,523 and 131,059 bytes of noise make zstd frames of one and two whole age chunks: the last chunk is a full one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_000, 65_523, 65_524, 65_536, 131_059, 131_072, 1_000_000})
    void whatIsSealedIsReadBackByEitherRecipient(int length) throws Exception {
        byte[] plain = Samples.noise(length);
        Samples.seal(file, plain);

        assertThat(Samples.open(file, Samples.OURS)).isEqualTo(plain);
        assertThat(Samples.open(file, Samples.SECOND)).isEqualTo(plain);
    }

    @Test
    void theReceiptDescribesTheFile() throws Exception {
        byte[] plain = "a table ".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        SealedReceipt receipt = Samples.seal(file, plain);

        byte[] stored = Files.readAllBytes(file);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stored));
        assertThat(receipt).isEqualTo(new SealedReceipt(stored.length, plain.length, sha256));
        assertThat(receipt.bytes()).isLessThan(plain.length / 10);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void nothingStandsUnderTheNameBeforeTheCommit() throws Exception {
        SealedFiles files = new AgeSealedFiles(Samples.SECRETS);
        try (SealedFiles.Draft draft = files.begin(Samples.channel(file))) {
            draft.write(Samples.noise(500_000), 0, 500_000);
            assertThat(draft.plainBytes()).isEqualTo(500_000);
            assertThat(names()).singleElement().asString().matches("app\\.dump\\.zst\\.age\\.[0-9a-f]{8}\\.part");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void anAbandonedDraftLeavesTheOldFileAlone() throws Exception {
        Samples.seal(file, new byte[] {1});
        try (SealedFiles.Draft draft = new AgeSealedFiles(Samples.SECRETS).begin(Samples.channel(file))) {
            draft.write(new byte[] {2}, 0, 1);
        }
        assertThat(Samples.open(file, Samples.OURS)).containsExactly(1);
        assertThat(names()).containsExactly("app.dump.zst.age");
    }

    @Test
    void whatAKilledAttemptLeftIsFoundByItsName() throws Exception {
        SealedFiles files = new AgeSealedFiles(Samples.SECRETS);
        SealedFiles.Draft killed = files.begin(Samples.channel(file));
        Path other = directory.resolve("app.dump.zst.age2");
        SealedFiles.Draft alive = files.begin(Samples.channel(other));

        assertThat(DurableFiles.removeParts(file)).isEqualTo(1);
        alive.commit();
        assertThat(names()).containsExactly("app.dump.zst.age2");
        killed.close();
    }

    @Test
    void aStrangersIdentityIsNamed() throws Exception {
        Samples.seal(file, Samples.noise(10));

        assertThatThrownBy(() -> Samples.open(file, Samples.STRANGER)).satisfies(thrown -> {
            Failure failure = Failure.in(thrown).orElseThrow();
            assertThat(failure.type()).isEqualTo(FailureType.WRONG_IDENTITY);
            assertThat(failure.fact()).isEqualTo("the age identity in env:STRANGER does not open " + file);
            assertThat(failure.anchor()).isEqualTo("backup.md#wrong-identity");
        });
    }

    @Test
    void aSecretThatIsNoIdentityIsNotRepeated() throws Exception {
        Samples.seal(file, Samples.noise(10));

        assertThatThrownBy(() -> Samples.open(file, Samples.NONSENSE))
                .hasMessageContaining(
                        "env:NONSENSE cannot be used as an age identity: it holds a line that is not an age"
                                + " identity (AGE-SECRET-KEY-1…)")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aRecipientThatIsNoneIsNamed() {
        Channel.SealedFile channel = new Channel.SealedFile(file.toString(), 3, List.of("age1oops"));

        assertThatThrownBy(() -> new AgeSealedFiles(Samples.SECRETS).begin(channel))
                .hasMessageContaining("\"age1oops\" is not an age recipient");
        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatIsNotThereIsNotDamaged() {
        assertThatThrownBy(() -> Samples.open(file, Samples.OURS))
                .satisfies(thrown -> assertThat(Failure.in(thrown).orElseThrow())
                        .extracting(Failure::type, Failure::fact)
                        .containsExactly(FailureType.NOT_FOUND, "there is no file " + file));
    }

    /** The kernel's own answer: every write to /dev/full fails with ENOSPC. */
    @Test
    void aFullDiskIsSaidAsSuch() throws Exception {
        Path part = DurableFiles.partOf(file);
        FileChannel channel = DurableFiles.create(part);
        var writers =
                Samples.RECIPIENTS.stream().map(AgeSealedFilesTest::writer).toList();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            assertThatThrownBy(() -> new SealedDraft(file, part, channel, full, writers, 3))
                    .satisfies(thrown -> {
                        Failure failure = Failure.in(thrown).orElseThrow();
                        assertThat(failure.type()).isEqualTo(FailureType.DISK_FULL);
                        assertThat(failure.fact()).matches("no space is left to write .* \\(\\d+ bytes are free\\)");
                        assertThat(failure.anchor()).isEqualTo("backup.md#disk-full");
                    });
        }
        assertThat(names()).isEmpty();
    }

    private static com.exceptionfactory.jagged.RecipientStanzaWriter writer(String recipient) {
        try {
            return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
