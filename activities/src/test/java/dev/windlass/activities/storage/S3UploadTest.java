package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.activities.storage.ObjectStore.Upload;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends 12 MiB in parts of 5 MiB to the R2 double, with everything that can come between. */
@Tag("integration")
class S3UploadTest {
    private static final int BYTES = 12 * SampleFile.MEBIBYTE;
    private static final String SECOND_PART = "PUT .*partNumber=2(&|$)";

    @TempDir
    static Path shared;

    private static R2 r2;
    private static S3ObjectStore store;
    private static SampleFile file;

    private String key = "";

    @BeforeAll
    static void start() throws Exception {
        r2 = R2.start(shared);
        store = r2.store();
        file = SampleFile.of(shared.resolve("file"), BYTES);
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        r2.close();
    }

    @BeforeEach
    void nameTheKey(TestInfo test) {
        key = "sets/" + test.getTestMethod().orElseThrow().getName() + "/app-" + System.nanoTime() + ".dump.zst.age";
    }

    @AfterEach
    void clear() {
        r2.release();
        r2.clearFaults();
    }

    @Test
    void aFileIsSentInEqualPartsAndLookedAtAfterwards(@TempDir Path directory) throws Exception {
        List<Progress> beats = new CopyOnWriteArrayList<>();

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context(beats::add)))
                .isEqualTo(new Upload(BYTES, 3, 0));

        assertThat(store.head(key, R2.context())).contains(new StoredObject(key, BYTES, Optional.of(file.sha256())));
        assertThat(beats).contains(Meter.bytes("upload", 10 * SampleFile.MEBIBYTE, BYTES, "part 3 of 3"));
        Path back = directory.resolve("back");
        store.download(key, back, R2.context());
        assertThat(back).hasSameBinaryContentAs(file.path());
        assertThat(Files.list(directory)).containsExactly(back);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5 * SampleFile.MEBIBYTE, 5 * SampleFile.MEBIBYTE + 1})
    void aFileOfAnySizeIsSent(int bytes) throws Exception {
        SampleFile other = SampleFile.of(shared.resolve("file-" + bytes), bytes);

        Upload upload = store.upload(other.path(), key, other.sha256(), R2.context());

        assertThat(upload).isEqualTo(new Upload(bytes, bytes > 5 * SampleFile.MEBIBYTE ? 2 : 1, 0));
    }

    @Test
    void anObjectThatIsWholeIsFound() {
        store.upload(file.path(), key, file.sha256(), R2.context());

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 3));
    }

    @Test
    void anotherObjectUnderTheKeyIsLeftAlone() throws Exception {
        SampleFile other = SampleFile.of(shared.resolve("other"), 10);
        store.upload(other.path(), key, other.sha256(), R2.context());

        assertFails(
                FailureType.ALREADY_EXISTS,
                "store r2 already has another object under " + key + ": 10 bytes, sha256 " + other.sha256());
    }

    @Test
    void aKilledClientsPartsAreNotSentAgain() throws Exception {
        // Where all of the third part was in the socket when its client was killed, it would arrive once it is let go.
        r2.order("PUT .*partNumber=3(&|$)", 1, "status 500");
        r2.hold("PUT .*partNumber=3(&|$)");
        Process client = UploadingProcess.start(r2, file, key);
        try {
            waitUntilHeld(client);
        } finally {
            client.destroyForcibly().waitFor();
        }
        r2.release();

        assertThat(store.head(key, R2.context())).isEmpty();
        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 2));
    }

    @Test
    void aPartThatIsNotOursIsSentAgain() throws Exception {
        // Same key, other content: what an attempt with another file left there.
        SampleFile other = SampleFile.of(shared.resolve("longer"), BYTES + 1);
        r2.order("PUT .*partNumber=3(&|$)", 0, "status 500");
        assertThat(catchThrowable(() -> store.upload(other.path(), key, file.sha256(), R2.context())))
                .isNotNull();
        r2.clearFaults();

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 0));
    }

    @Test
    void aServerKilledInTheMiddleIsFilledUp() throws Exception {
        r2.order(SECOND_PART, 0, "hang");
        assertFails(FailureType.STORAGE_UNAVAILABLE, "store r2 did not answer: ");
        r2.killAndRestart();

        try (S3ObjectStore again = r2.store()) {
            assertThat(again.upload(file.path(), key, file.sha256(), R2.context()))
                    .isEqualTo(new Upload(BYTES, 3, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status 503", "status 500", "cut-after 100000 bytes", "drop-answer"})
    void onePassingFaultIsRiddenOut(String fault) {
        r2.order(SECOND_PART, 1, fault);

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status 503", "cut-after 100000 bytes", "hang"})
    void aLastingFaultIsSaidAndTheNextAttemptGoesOn(String fault) {
        r2.order(SECOND_PART, 0, fault);
        assertFails(FailureType.STORAGE_UNAVAILABLE, "store r2 did not answer: ");
        r2.clearFaults();

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 1));
    }

    @Test
    void tooManyRequestsAreWaitedOut() {
        r2.order("POST .*uploadId=", 2, "status 429");
        long begun = System.nanoTime();

        store.upload(file.path(), key, file.sha256(), R2.context());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void aLostAnswerToTheCompletionIsNoFailure() {
        r2.order("POST .*uploadId=", 1, "drop-answer");

        assertThat(store.upload(file.path(), key, file.sha256(), R2.context())).isEqualTo(new Upload(BYTES, 3, 0));
    }

    @Test
    void aCancelledStepStopsAtOnceAndKeepsItsParts() {
        r2.order(SECOND_PART, 0, "hang");
        long begun = System.nanoTime();
        Throwable thrown = catchThrowable(() -> store.upload(file.path(), key, file.sha256(), R2.context(progress -> {
            if (progress.detail().startsWith("part 2") && progress.done() > 6 * SampleFile.MEBIBYTE) {
                throw new CancelledException();
            }
        })));

        assertThat(thrown).isInstanceOf(CancelledException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        r2.clearFaults();
        assertThat(store.upload(file.path(), key, file.sha256(), R2.context()).partsFound())
                .isEqualTo(1);
    }

    @Test
    void aFileThatIsNotWhatItsHashSaysNeverBecomesAnObject() {
        String sha256 = "0".repeat(64);
        Throwable thrown = catchThrowable(() -> store.upload(file.path(), key, sha256, R2.context()));

        Failure failure = Failure.in(thrown).orElseThrow();
        assertThat(failure.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(failure.fact())
                .isEqualTo(file.path() + " is damaged: its sha256 is " + file.sha256() + ", not " + sha256);
        assertThat(store.head(key, R2.context())).isEmpty();
        assertThat(store.abortUnfinished(key, R2.context())).isZero();
    }

    @Test
    void whatDeadAttemptsLeftIsAborted() {
        r2.order(SECOND_PART, 0, "status 500");
        assertFails(
                FailureType.STORAGE_UNAVAILABLE,
                "store r2 did not answer: 500 InternalError while sending part 2 of 3");
        r2.clearFaults();

        assertThat(store.abortUnfinished(key.substring(0, 12), R2.context())).isEqualTo(1);
        assertThat(store.abortUnfinished(key.substring(0, 12), R2.context())).isZero();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = shared.resolve("missing");
        assertThatThrownBy(() -> store.upload(missing, key, file.sha256(), R2.context()))
                .hasMessageContaining("store r2 has no object " + missing);
    }

    private void assertFails(FailureType type, String factBegins) {
        Throwable thrown = catchThrowable(() -> store.upload(file.path(), key, file.sha256(), R2.context()));
        assertThat(thrown).isNotNull();
        Failure failure = Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
        assertThat(failure.fact()).startsWith(factBegins);
        assertThat(failure.type()).isEqualTo(type);
    }

    private static void waitUntilHeld(Process client) throws InterruptedException {
        for (int tries = 0; r2.held() == 0; tries++) {
            assertThat(tries).as("client alive: %s", client.isAlive()).isLessThan(600);
            assertThat(client.waitFor(50, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
