package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.storage.ObjectStore.Deletion;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.activities.storage.ObjectStore.Upload;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Progress;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryObjectStoreTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    Path directory;

    private Path root = Path.of("/");
    private DirectoryObjectStore store = new DirectoryObjectStore(new StoreName("local"), root);

    @BeforeEach
    void open() {
        root = directory.resolve("backups");
        store = new DirectoryObjectStore(new StoreName("local"), root);
    }

    @Test
    void aSmallObjectIsWrittenOnceAndForItsOwnerOnly() throws Exception {
        assertThat(store.get("sets/a/manifest.json", R2.context())).isEmpty();
        assertThat(store.putIfAbsent("sets/a/manifest.json", CONTENT, R2.context()))
                .isTrue();
        assertThat(store.putIfAbsent("sets/a/manifest.json", new byte[0], R2.context()))
                .isFalse();

        assertThat(store.get("sets/a/manifest.json", R2.context())).contains(CONTENT);
        assertThat(store.head("sets/a/manifest.json", R2.context()))
                .contains(new StoredObject("sets/a/manifest.json", 3, Optional.empty()));
        assertThat(permissions("sets/a/manifest.json")).isEqualTo("rw-------");
        assertThat(permissions("sets/a")).isEqualTo("rwx------");
        assertThat(permissions("")).isEqualTo("rwx------");
        assertThat(root.resolve("sets/a").toFile().list()).containsExactly("manifest.json");
    }

    @Test
    void oneOfManyWritersWins() throws Exception {
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (byte writer = 0; writer < 16; writer++) {
            byte[] content = {writer};
            writers.add(() -> store.putIfAbsent("sets/a/manifest.json", content, R2.context()));
        }
        int winner = -1;
        try (ExecutorService pool = Executors.newFixedThreadPool(16)) {
            List<Future<Boolean>> results = pool.invokeAll(writers);
            for (int writer = 0; writer < 16; writer++) {
                if (results.get(writer).get()) {
                    assertThat(winner).isEqualTo(-1);
                    winner = writer;
                }
            }
        }
        assertThat(store.get("sets/a/manifest.json", R2.context())).contains(new byte[] {(byte) winner});
        assertThat(root.resolve("sets/a").toFile().list()).hasSize(1);
    }

    @Test
    void aFileIsCopiedCheckedAndFoundAgain() throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("file"), 3 * SampleFile.MEBIBYTE);
        List<Progress> beats = new ArrayList<>();

        assertThat(store.upload(file.path(), "sets/a/app.age", file.sha256(), R2.context(beats::add)))
                .isEqualTo(new Upload(file.bytes(), 1, 0));
        assertThat(store.upload(file.path(), "sets/a/app.age", file.sha256(), R2.context()))
                .isEqualTo(new Upload(file.bytes(), 1, 1));
        assertThat(beats).extracting(Progress::phase).contains("upload", "check");

        store.download("sets/a/app.age", directory.resolve("back"), R2.context());
        assertThat(directory.resolve("back")).hasSameBinaryContentAs(file.path());
    }

    @Test
    void aFileThatIsNotWhatItsHashSaysNeverBecomesAnObject() throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("file"), 10);
        String sha256 = "0".repeat(64);

        Failure failure = failureOf(() -> store.upload(file.path(), "sets/a/app.age", sha256, R2.context()));
        assertThat(failure.type()).isEqualTo(FailureType.ARTEFACT_DAMAGED);
        assertThat(failure.fact())
                .isEqualTo(file.path() + " is damaged: its sha256 is " + file.sha256() + ", not " + sha256);
        assertThat(root.resolve("sets/a")).isEmptyDirectory();
    }

    @Test
    void anotherObjectUnderTheKeyIsLeftAlone() throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("file"), 10);
        store.putIfAbsent("sets/a/app.age", CONTENT, R2.context());

        assertThat(failureOf(() -> store.upload(file.path(), "sets/a/app.age", file.sha256(), R2.context())))
                .extracting(Failure::type, Failure::hint)
                .containsExactly(
                        FailureType.ALREADY_EXISTS, "find out who writes there; Windlass never overwrites an object");
        assertThat(store.get("sets/a/app.age", R2.context())).contains(CONTENT);
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        SampleFile file = SampleFile.of(directory.resolve("file"), 10);

        assertThatThrownBy(() -> store.upload(file.path(), "sets/a/app.age", file.sha256(), R2.context(progress -> {
                    throw new IllegalStateException("cancelled");
                })))
                .hasMessage("cancelled");
        assertThat(root.resolve("sets/a")).isEmptyDirectory();
    }

    @Test
    void whatADeadAttemptLeftIsNeitherListedNorKept() throws Exception {
        store.putIfAbsent("sets/a/x", CONTENT, R2.context());
        store.putIfAbsent("sets/b/x", CONTENT, R2.context());
        Files.write(root.resolve("sets/a/app.age.00c0ffee.part"), CONTENT);

        assertThat(store.list("sets/", R2.context()))
                .containsExactly(
                        new StoredObject("sets/a/x", 3, Optional.empty()),
                        new StoredObject("sets/b/x", 3, Optional.empty()));
        assertThat(store.list("sets/b", R2.context())).hasSize(1);
        assertThat(store.list("nowhere/", R2.context())).isEmpty();
        assertThat(store.abortUnfinished("sets/b/", R2.context())).isZero();
        assertThat(store.abortUnfinished("sets/a/", R2.context())).isEqualTo(1);
        assertThat(root.resolve("sets/a").toFile().list()).containsExactly("x");
    }

    @Test
    void deletingIsRepeatableAndTakesEmptyFoldersAlong() {
        store.putIfAbsent("sets/a/checks/1.json", CONTENT, R2.context());
        store.putIfAbsent("sets/a/manifest.json", CONTENT, R2.context());

        assertThat(store.delete("sets/a/checks/1.json", R2.context())).isEqualTo(Deletion.GONE);
        assertThat(root.resolve("sets/a/checks")).doesNotExist();
        assertThat(store.delete("sets/a/manifest.json", R2.context())).isEqualTo(Deletion.GONE);
        assertThat(root.resolve("sets/a")).doesNotExist();
        assertThat(root.resolve("sets")).isEmptyDirectory();
        assertThat(store.delete("sets/a/manifest.json", R2.context())).isEqualTo(Deletion.GONE);
    }

    @Test
    void whatIsNotThereIsNotFetched() {
        assertThat(failureOf(() -> store.download("sets/a/x", directory.resolve("back"), R2.context())))
                .extracting(Failure::type, Failure::fact)
                .containsExactly(FailureType.NOT_FOUND, "store local has no object sets/a/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "../x",
                "sets/../../x",
                "sets/./x",
                "sets//x",
                "sets/",
                "a\nb",
                "a\\b",
                "x.part"
            })
    void aKeyThatLeavesTheDirectoryIsRefused(String key) {
        assertThatThrownBy(() -> store.putIfAbsent(key, CONTENT, R2.context()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("object key \"" + key + "\" must be a relative path without empty parts, \"..\" or .part");
        assertThat(root).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "../", "sets/../../"})
    void aPrefixThatLeavesTheDirectoryIsRefused(String prefix) {
        assertThatThrownBy(() -> store.list(prefix, R2.context())).isInstanceOf(IllegalArgumentException.class);
    }

    private String permissions(String key) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(key)));
    }

    private static Failure failureOf(Runnable call) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isNotNull();
        return Failure.in(thrown).orElseThrow(() -> new AssertionError(thrown));
    }
}
