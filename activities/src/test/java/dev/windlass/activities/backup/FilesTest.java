package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.backup.BackupOutcome;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.BackupWorkflow;
import dev.windlass.workflows.backup.Proof.Verdict;
import dev.windlass.workflows.backup.ProveArchiveOrder;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.backup.RestoreFilesWorkflow;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files in a set, and out of it, when something is wrong or goes on meanwhile. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilesTest {
    private static final ArchiveName UPLOADS = new ArchiveName("uploads");

    private final RealRunbooks real = new RealRunbooks();
    private final Path uploads = real.directory().resolve("uploads");

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aMissingDirectoryStopsTheRunBeforeAnythingIsDone() throws IOException {
        FolderRemoval.remove(uploads);
        assertFails(FailureType.NOT_FOUND, uploads + " of backup.files.uploads is not there", this::backUp);
        assertThat(sets()).isEmpty();
    }

    @Test
    void aLinkIsNotTakenForWhatItPointsTo() throws IOException {
        Path elsewhere = Files.move(uploads, real.directory().resolve("elsewhere"));
        Files.createSymbolicLink(uploads, elsewhere);
        assertFails(FailureType.CONFIGURATION, "is a symbolic link", this::backUp);
    }

    @Test
    void filesThatChangeWhileTheyAreReadAreCountedAndHeldAgainstNobody() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                try {
                    SampleFiles.write(uploads.resolve("log"), "line ".repeat(i % 1000));
                    Path shortLived = Files.createFile(uploads.resolve("short-lived-" + i));
                    Thread.sleep(2);
                    Files.delete(shortLived);
                } catch (IOException | InterruptedException failed) {
                    throw new IllegalStateException(failed);
                }
            }
        });
        BackupOutcome outcome;
        try {
            outcome = backUp();
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(outcome.proof().verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(outcome.proof().archives()).singleElement().satisfies(proof -> {
            assertThat(proof.moving()).isPositive();
            assertThat(proof.entries()).isGreaterThan(8);
        });
    }

    @Test
    void aRestoreNeverOverwritesAndAsksForWhatIsThere() throws IOException {
        SetId set = backUp().manifest().set();
        Path taken = Files.createDirectory(real.directory().resolve("taken"));
        assertFails(
                FailureType.ALREADY_EXISTS,
                taken + " is there already",
                () -> restore(set, "uploads", taken.toString()));
        assertThat(Files.list(taken)).isEmpty();
        assertFails(FailureType.NOT_FOUND, "holds no files pictures", () -> restore(set, "pictures", taken + "/new"));
        assertFails(FailureType.NOT_FOUND, "there is no directory", () -> restore(set, "uploads", taken + "/typo/new"));
        assertFails(FailureType.CONFIGURATION, "is not an absolute path", () -> restore(set, "uploads", "new"));
        assertFails(
                FailureType.CONFIGURATION, "is not an absolute path", () -> restore(set, "uploads", taken + "/../new"));
    }

    @Test
    void aDamagedArchiveIsNeitherProvenNorLeftBehindHalfUnpacked() throws IOException {
        BackupOutcome outcome = backUp();
        SetId set = outcome.manifest().set();
        Path stored = outcome.manifest().artefacts().stream()
                .map(artefact -> artefact.key())
                .filter(key -> key.endsWith(".tar.zst.age"))
                .map(key -> real.directory().resolve("offsite").resolve(key))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(stored);
        bytes[bytes.length / 2] ^= 1;
        Files.write(stored, bytes);
        assertFails(
                FailureType.ARTEFACT_DAMAGED, "is damaged", () -> restore(set, "uploads", real.directory() + "/new"));
        try (Stream<Path> left = Files.list(real.directory())) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("new"));
        }
        try (Stream<Path> left = Files.list(real.directory().resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aProofThatIsCancelledLeavesNothingInClearText() throws IOException {
        BackupOutcome outcome = backUp();
        Step step = real.planOf("backup", Plan.class)
                .step(BackupSteps.proveArchive(UPLOADS))
                .fill(Slots.of("set", outcome.manifest().set().value()));
        // As Temporal does: once heard, every heartbeat says it again.
        AtomicBoolean isCancelled = new AtomicBoolean();
        StepContext cancelled = new StepContext(
                new StepToken("cancelled", "run", step.id()),
                progress -> {
                    if (progress.phase().equals("compare files")) {
                        isCancelled.set(true);
                    }
                    if (isCancelled.get()) {
                        throw new CancellationException("in the middle");
                    }
                },
                EffectJournal.none());
        assertThatThrownBy(() -> new ArchiveProving(real.parts())
                        .prove(new ProveArchiveOrder(step, outcome.manifest(), UPLOADS), cancelled))
                .isInstanceOf(CancellationException.class);
        try (Stream<Path> left = Files.list(real.directory().resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void ofItsOwnFilesThoseAloneMayBeMissingThatBeginLater() throws IOException {
        Path ops = Files.createFile(real.directory().resolve("ops.yml"));
        Path passphrase = Files.createFile(real.directory().resolve("pgbackrest.passphrase"));
        String audit = real.directory().resolve("audit.jsonl").toString();
        Archive own = new Archive(
                Archive.OWN, List.of(ops.toString(), audit, passphrase.toString()), List.of(), List.of(audit));
        StepContext looking =
                new StepContext(new StepToken("look", "run", StepId.of("plan")), progress -> {}, EffectJournal.none());
        assertThat(new ArchiveLook(looking).at(own).paths()).containsExactly(ops.toString(), passphrase.toString());
        Files.delete(passphrase);
        assertFails(
                FailureType.NOT_FOUND,
                passphrase + ", which every set holds, is not there",
                () -> new ArchiveLook(looking).at(own));
        Files.createFile(passphrase);
        Files.delete(ops);
        assertFails(
                FailureType.NOT_FOUND,
                ops + ", which every set holds, is not there",
                () -> new ArchiveLook(looking).at(own));
    }

    @Test
    void namedDatabasesAloneAreASetWithoutFiles() {
        BackupOutcome outcome =
                real.start(BackupWorkflow.class, "named").run(new BackupRequest(List.of(real.database.name()), "test"));
        assertThat(outcome.manifest().archives()).isEmpty();
        assertThat(outcome.proof().archives()).isEmpty();
    }

    private BackupOutcome backUp() {
        return real.start(BackupWorkflow.class, "backup").run(new BackupRequest(List.of(), "test"));
    }

    private void restore(SetId set, String archive, String into) {
        real.start(RestoreFilesWorkflow.class, "restore-" + System.nanoTime())
                .run(new RestoreFilesRequest(
                        set,
                        new ArchiveName(archive),
                        into,
                        Optional.of(SampleOperations.REMOTE),
                        Optional.empty(),
                        "test"));
    }

    private List<Path> sets() throws IOException {
        Path sets = real.directory().resolve("backups/sets");
        if (!Files.exists(sets)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(sets)) {
            return found.toList();
        }
    }

    private static void assertFails(FailureType type, String fact, ThrowingCallable run) {
        assertThatThrownBy(run)
                .satisfies(thrown -> assertThat(Failure.in(thrown)).hasValueSatisfying(failure -> {
                    assertThat(failure.type()).isEqualTo(type);
                    assertThat(failure.fact()).contains(fact);
                }));
    }
}
