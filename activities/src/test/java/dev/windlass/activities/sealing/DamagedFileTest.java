package dev.windlass.activities.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No damage goes unseen: the age file is header, 16-byte nonce, chunks of 64 KiB and a 16-byte tag each. */
class DamagedFileTest {
    private static final int CHUNK = 65_536 + 16;
    private static final int NONCE = 16;

    @TempDir
    Path directory;

    private Path file = Path.of("/");
    private int size;
    private int payload;

    @BeforeEach
    void sealThreeChunks() throws Exception {
        file = directory.resolve("app.dump.zst.age");
        Samples.seal(file, Samples.noise(150_000));
        byte[] stored = Files.readAllBytes(file);
        size = stored.length;
        String text = new String(stored, StandardCharsets.ISO_8859_1);
        payload = text.indexOf('\n', text.indexOf("\n--- ") + 1) + 1;
    }

    @Test
    void everyFlippedByteOfTheHeaderAndNonceIsSeen() throws Exception {
        for (int at = 0; at < payload + NONCE; at++) {
            // Inside our own stanza age itself cannot tell damage from a stranger's file.
            assertThat(typeAfterFlipAt(at))
                    .as("byte %d", at)
                    .isIn(FailureType.ARTEFACT_DAMAGED, FailureType.WRONG_IDENTITY);
        }
    }

    @Test
    void aFlippedByteOfTheHeadersCodeIsDamageNotAStrangersFile() throws Exception {
        assertThat(typeAfterFlipAt(payload - 10)).isEqualTo(FailureType.ARTEFACT_DAMAGED);
    }

    @Test
    void aFlippedByteInAnyPartOfAnyChunkIsSeen() throws Exception {
        int chunks = payload + NONCE;
        List<Integer> positions = new ArrayList<>();
        for (int chunk = chunks; chunk < size; chunk += CHUNK) {
            int end = Math.min(chunk + CHUNK, size);
            positions.addAll(List.of(chunk, chunk + 1, (chunk + end) / 2, end - 17, end - 16, end - 8, end - 1));
        }
        assertThat(positions).hasSize(21);
        for (int at : positions) {
            assertThat(typeAfterFlipAt(at)).as("byte %d", at).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        }
    }

    @Test
    void aFileCutAtAnyBoundaryIsSeen() throws Exception {
        int chunks = payload + NONCE;
        Set<Integer> lengths =
                new TreeSet<>(Set.of(0, 1, 21, 22, payload - 1, payload, payload + 1, chunks - 1, chunks));
        for (int end = chunks + CHUNK; end < size; end += CHUNK) {
            lengths.addAll(Set.of(end - 17, end - 16, end - 1, end, end + 1, end + 15, end + 16, end + 17));
        }
        lengths.addAll(Set.of(size - 17, size - 16, size - 1));
        for (int length : lengths) {
            assertThat(typeAfterCutAt(length)).as("first %d bytes", length).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        }
    }

    @Test
    void bytesAddedAtTheEndAreSeen() throws Exception {
        Path longer = directory.resolve("longer");
        byte[] stored = Files.readAllBytes(file);
        Files.write(longer, java.util.Arrays.copyOf(stored, size + 1));
        assertThat(typeOf(longer)).isEqualTo(FailureType.ARTEFACT_DAMAGED);
    }

    @Test
    void theMessageSaysWhichFileAndWhatToDo() throws Exception {
        Path cut = directory.resolve("cut.zst.age");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(file), size - 1));
        Throwable thrown = catchThrowable(() -> Samples.open(cut, Samples.OURS));

        Failure failure = Failure.in(thrown).orElseThrow();
        assertThat(failure.fact()).startsWith(cut + " is damaged: ");
        assertThat(failure.hint())
                .isEqualTo("fetch the set's copy from another store, and look at the disk that holds this one");
        assertThat(failure.anchor()).isEqualTo("backup.md#artefact-damaged");
    }

    private FailureType typeAfterFlipAt(int at) throws Exception {
        Path flipped = directory.resolve("flipped");
        Files.write(flipped, Files.readAllBytes(file));
        try (RandomAccessFile bytes = new RandomAccessFile(flipped.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 1);
        }
        return typeOf(flipped);
    }

    private FailureType typeAfterCutAt(int length) throws Exception {
        Path cut = directory.resolve("cut");
        Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(file), length));
        return typeOf(cut);
    }

    private static FailureType typeOf(Path broken) {
        Throwable thrown = catchThrowable(() -> Samples.open(broken, Samples.OURS));
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).map(Failure::type).orElseThrow(() -> new AssertionError(thrown));
    }
}
