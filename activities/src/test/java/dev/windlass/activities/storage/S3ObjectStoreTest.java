package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore.Deletion;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.workflows.kernel.Access;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Everything but uploads, against the R2 double. */
@Tag("integration")
class S3ObjectStoreTest {
    private static final byte[] CONTENT = "{\"set\":1}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path shared;

    private static R2 r2;
    private static S3ObjectStore store;

    @TempDir
    Path directory;

    private String folder = "";

    @BeforeAll
    static void start() throws Exception {
        r2 = R2.start(shared, "--lock", R2.PREFIX + "locked/=indefinite");
        store = r2.store();
    }

    @AfterAll
    static void stop() throws Exception {
        store.close();
        r2.close();
    }

    @BeforeEach
    void nameTheFolder(TestInfo test) {
        folder = "sets/" + test.getTestMethod().orElseThrow().getName() + "/";
    }

    @AfterEach
    void clear() {
        r2.clearFaults();
    }

    @Test
    void aSmallObjectIsWrittenOnce() {
        String key = folder + "manifest.json";

        assertThat(store.get(key, R2.context())).isEmpty();
        assertThat(store.head(key, R2.context())).isEmpty();
        assertThat(store.putIfAbsent(key, CONTENT, R2.context())).isTrue();
        assertThat(store.putIfAbsent(key, new byte[] {1}, R2.context())).isFalse();
        assertThat(store.get(key, R2.context())).contains(CONTENT);
        assertThat(store.head(key, R2.context())).contains(new StoredObject(key, CONTENT.length, Optional.empty()));
    }

    @Test
    void oneOfTwoWritersWins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (byte writer = 1; writer <= 2; writer++) {
            byte[] content = {writer};
            writers.add(() -> {
                together.await();
                try (S3ObjectStore own = r2.store()) {
                    return own.putIfAbsent(folder + "manifest.json", content, R2.context());
                }
            });
        }
        List<Boolean> won = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            for (Future<Boolean> writer : pool.invokeAll(writers)) {
                won.add(writer.get());
            }
        }
        assertThat(won).containsExactlyInAnyOrder(true, false);
        byte winner = (byte) (won.getFirst() ? 1 : 2);
        assertThat(store.get(folder + "manifest.json", R2.context())).contains(new byte[] {winner});
    }

    @Test
    void aLostAnswerReadsAsTakenAndTheContentIsOurs() {
        r2.order("PUT .*manifest.json", 1, "drop-answer");

        assertThat(store.putIfAbsent(folder + "manifest.json", CONTENT, R2.context()))
                .isFalse();
        assertThat(store.get(folder + "manifest.json", R2.context())).contains(CONTENT);
    }

    @Test
    void keysAreListedInOrderAndWithoutTheStoresPrefix() {
        for (String name : List.of("b", "a/2", "a/1", "ab")) {
            store.putIfAbsent(folder + name, CONTENT, R2.context());
        }
        assertThat(store.list(folder, R2.context()))
                .extracting(StoredObject::key)
                .containsExactly(folder + "a/1", folder + "a/2", folder + "ab", folder + "b");
        assertThat(store.list(folder + "a", R2.context())).hasSize(3).allMatch(o -> o.bytes() == CONTENT.length);
        assertThat(store.list(folder + "nothing/", R2.context())).isEmpty();
    }

    @Test
    void deletingIsRepeatable() {
        store.putIfAbsent(folder + "x", CONTENT, R2.context());

        assertThat(store.delete(folder + "x", R2.context())).isEqualTo(Deletion.GONE);
        assertThat(store.delete(folder + "x", R2.context())).isEqualTo(Deletion.GONE);
        assertThat(store.get(folder + "x", R2.context())).isEmpty();
    }

    @Test
    void aLockedObjectIsDeletedLater() {
        store.putIfAbsent("locked/x", CONTENT, R2.context());

        assertThat(store.delete("locked/x", R2.context())).isEqualTo(Deletion.LATER);
        assertThat(store.get("locked/x", R2.context())).contains(CONTENT);
    }

    @Test
    void aLargeObjectIsNoSmallDocument() throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("file"), SampleFile.MEBIBYTE + 1);
        store.upload(file.path(), folder + "large", file.sha256(), R2.context());

        assertFails(
                () -> store.get(folder + "large", R2.context()),
                FailureType.PRECONDITION,
                "object " + folder + "large in store r2 has 1048577 bytes, too many for a small document");
    }

    @Test
    void aFlippedBitOnTheWayIsSeen() throws Exception {
        upload("x");
        r2.order("GET .*/x", 1, "corrupt-download");

        Failure failure = failureOf(() -> store.download(folder + "x", directory.resolve("into"), R2.context()));
        assertThat(failure.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(failure.fact()).startsWith(folder + "x in store r2 is damaged: its sha256 is ");
        assertThat(directory).isDirectoryNotContaining("glob:**into*");
    }

    @Test
    void aDownloadThatBreaksOffIsSaidAndLeavesNothing() throws Exception {
        upload("x");
        r2.order("GET .*/x", 0, "cut-after 1000000 bytes");

        Failure failure = failureOf(() -> store.download(folder + "x", directory.resolve("into"), R2.context()));
        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(failure.fact()).endsWith(" while fetching " + folder + "x");
        assertThat(directory).isDirectoryNotContaining("glob:**into*");
        r2.clearFaults();
        store.download(folder + "x", directory.resolve("into"), R2.context());
    }

    @Test
    void whatIsNotThereIsNotFetched() {
        assertFails(
                () -> store.download(folder + "x", directory.resolve("into"), R2.context()),
                FailureType.NOT_FOUND,
                "store r2 has no object " + folder + "x");
    }

    @Test
    void aServerThatHangsIsNoticedWhileThePulseGoesOn() {
        r2.order("HEAD .*", 0, "hang");
        List<String> beats = new CopyOnWriteArrayList<>();

        Failure failure = failureOf(() -> store.head(folder + "x", R2.context(beat -> beats.add(beat.phase()))));
        assertThat(failure.type()).isEqualTo(FailureType.STORAGE_UNAVAILABLE);
        assertThat(failure.fact())
                .isEqualTo("store r2 did not answer: Read timed out while looking at " + folder + "x");
        assertThat(beats).hasSizeGreaterThan(4).containsOnly("looking at " + folder + "x");
    }

    @Test
    void everyCallIsJournalledAsItWasPlanned() {
        List<Effect> begun = new ArrayList<>();
        StepContext context =
                new StepContext(R2.context().token(), progress -> {}, (token, effect) -> begun.add(effect));
        store.putIfAbsent(folder + "x", CONTENT, context);
        store.list(folder, context);

        assertThat(begun)
                .containsExactly(
                        new ObjectCall(
                                Access.CHANGES,
                                ObjectCall.Verb.PUT,
                                store.name(),
                                folder + "x",
                                ObjectCall.Condition.IF_ABSENT,
                                Optional.empty()),
                        new ObjectCall(
                                Access.READS,
                                ObjectCall.Verb.LIST,
                                store.name(),
                                folder,
                                ObjectCall.Condition.NONE,
                                Optional.empty()));
    }

    private void upload(String name) throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("sent"), 3 * SampleFile.MEBIBYTE);
        store.upload(file.path(), folder + name, file.sha256(), R2.context());
        Files.delete(file.path());
    }

    private static void assertFails(Runnable call, FailureType type, String fact) {
        assertThat(failureOf(call)).extracting(Failure::type, Failure::fact).containsExactly(type, fact);
    }

    private static Failure failureOf(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }
}
