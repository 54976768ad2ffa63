package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runbooks.backup.StoredSet;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.PlanDigest;
import dev.windlass.workflows.kernel.StoreName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetCatalogueTest {
    private static final StoreName LOCAL = new StoreName("local");
    private static final StoreName AWAY = new StoreName("away");
    private static final SetId SET = new SetId("20261124T030000Z-1f3a09bc");
    private static final String FOLDER = "sets/" + SET + "/";
    private static final Instant MORNING = Instant.parse("2026-11-24T03:10:00Z");

    @TempDir
    Path directory;

    private Map<StoreName, DirectoryObjectStore> stores = Map.of();
    private Manifest manifest = manifest(SET);

    @BeforeEach
    void open() {
        stores = Map.of(
                LOCAL, new DirectoryObjectStore(LOCAL, directory.resolve("local")),
                AWAY, new DirectoryObjectStore(AWAY, directory.resolve("away")));
        manifest = manifest(SET);
    }

    @Test
    void aProvenSetInBothStores() {
        for (StoreName store : List.of(LOCAL, AWAY)) {
            putArtefacts(store);
            put(store, "manifest.json", manifest);
            put(store, "proof.json", proof(Proof.Verdict.PROVEN, "run-1", MORNING));
        }
        Proof proof = proof(Proof.Verdict.PROVEN, "run-1", MORNING);

        assertThat(only())
                .isEqualTo(new Catalogue.Entry(
                        SET,
                        Status.PROVEN,
                        List.of(LOCAL, AWAY),
                        java.util.Optional.of(manifest),
                        java.util.Optional.of(proof),
                        List.of()));
        assertThat(read().sets())
                .containsExactly(new StoredSet(SET, Status.PROVEN, Set.of(LOCAL, AWAY), Set.of(LOCAL, AWAY)));
    }

    @Test
    void theNewestVerdictCounts() {
        putArtefacts(LOCAL);
        put(LOCAL, "manifest.json", manifest);
        assertThat(only().status()).isEqualTo(Status.UNPROVEN);
        put(LOCAL, "proof.json", proof(Proof.Verdict.PROVEN, "run-1", MORNING));
        assertThat(only().status()).isEqualTo(Status.PROVEN);
        put(AWAY, "checks/run-3.json", proof(Proof.Verdict.FAILED, "run-3", MORNING.plusSeconds(20)));
        put(LOCAL, "checks/run-2.json", proof(Proof.Verdict.PROVEN, "run-2", MORNING.plusSeconds(10)));
        assertThat(only().status()).isEqualTo(Status.FAILED);
        put(AWAY, "checks/run-4.json", proof(Proof.Verdict.PROVEN, "run-4", MORNING.plusSeconds(30)));
        assertThat(only().status()).isEqualTo(Status.PROVEN);
    }

    @Test
    void filesWithoutAManifestAreNoBackup() {
        putArtefacts(LOCAL);

        assertThat(only())
                .isEqualTo(new Catalogue.Entry(
                        SET,
                        Status.INCOMPLETE,
                        List.of(),
                        java.util.Optional.empty(),
                        java.util.Optional.empty(),
                        List.of()));
        assertThat(read().sets()).containsExactly(new StoredSet(SET, Status.INCOMPLETE, Set.of(), Set.of(LOCAL)));
    }

    @Test
    void aStoreThatLacksAFileOrHasItShorterDoesNotHoldTheSet() throws Exception {
        putArtefacts(LOCAL);
        put(LOCAL, "manifest.json", manifest);
        put(AWAY, "manifest.json", manifest);
        Files.write(directory.resolve("away/" + FOLDER + "app.1.dump.zst.age"), new byte[2]);

        assertThat(only().stores()).containsExactly(LOCAL);
        assertThat(only().problems())
                .containsExactly(
                        "away: " + FOLDER + "app.1.dump.zst.age has 2 bytes, not 3",
                        "away: " + FOLDER + "app.1.facts.json.zst.age is missing");
    }

    @Test
    void aDamagedManifestIsALineAndTheOtherCopyIsRead() throws Exception {
        for (StoreName store : List.of(LOCAL, AWAY)) {
            putArtefacts(store);
            put(store, "manifest.json", manifest);
        }
        Path file = directory.resolve("local/" + FOLDER + "manifest.json");
        byte[] damaged = Files.readAllBytes(file);
        damaged[0] = '[';
        Files.write(file, damaged);

        assertThat(only().status()).isEqualTo(Status.UNPROVEN);
        assertThat(only().stores()).containsExactly(AWAY);
        assertThat(only().problems())
                .singleElement()
                .asString()
                .startsWith("local: " + FOLDER + "manifest.json is damaged: ");
    }

    @Test
    void whatIsNoManifestOrVerdictOfTheSetIsALine() {
        putArtefacts(LOCAL);
        put(LOCAL, "manifest.json", manifest(new SetId("20261123T030000Z-1f3a09bc")));
        assertThat(only().status()).isEqualTo(Status.INCOMPLETE);
        assertThat(only().problems())
                .containsExactly("local: " + FOLDER + "manifest.json belongs to set 20261123T030000Z-1f3a09bc");

        put(AWAY, "manifest.json", manifest);
        put(LOCAL, "proof.json", Map.of("format", "windlass-proof/9"));
        put(LOCAL, "checks/run-2.json", Map.of("format", Proof.FORMAT, "databases", List.of()));
        put(LOCAL, "checks/run-3.json", "nonsense");
        assertThat(only().status()).isEqualTo(Status.UNPROVEN);
        assertThat(only().problems())
                .contains("local: " + FOLDER + "checks/run-2.json is damaged: it lacks fields")
                .anyMatch(line -> line.startsWith("local: " + FOLDER + "checks/run-3.json is damaged: "))
                .anyMatch(line -> line.startsWith("local: " + FOLDER + "proof.json "));
    }

    @Test
    void foldersOfOthersAreLeftOut() {
        store(LOCAL).putIfAbsent("sets/notes/readme.txt", new byte[1], R2.context());
        store(LOCAL).putIfAbsent("sets/readme.txt", new byte[1], R2.context());

        assertThat(read().catalogue().sets()).isEmpty();
    }

    private void putArtefacts(StoreName store) {
        manifest.artefacts().forEach(artefact -> store(store).putIfAbsent(artefact.key(), new byte[3], R2.context()));
    }

    private void put(StoreName store, String name, Object document) {
        byte[] json = PayloadJson.canonical(document).getBytes(StandardCharsets.UTF_8);
        assertThat(store(store).putIfAbsent(FOLDER + name, json, R2.context())).isTrue();
    }

    private Catalogue.Entry only() {
        assertThat(read().catalogue().sets()).hasSize(1);
        return read().catalogue().sets().getFirst();
    }

    private SetCatalogue.Contents read() {
        return new SetCatalogue(this::store, List.of(LOCAL, AWAY)).read(R2.context());
    }

    private DirectoryObjectStore store(StoreName name) {
        return Objects.requireNonNull(stores.get(name));
    }

    private static Proof proof(Proof.Verdict verdict, String run, Instant at) {
        return new Proof(Proof.FORMAT, SET, verdict, LOCAL, at, run, List.of(), List.of(), List.of());
    }

    private static Manifest manifest(SetId set) {
        String app = "app";
        return new Manifest(
                Manifest.FORMAT,
                set,
                MORNING,
                "run-1",
                new PlanDigest("v1:" + "0".repeat(64)),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new Artefact(Artefact.Kind.DUMP, app, FOLDER + "app.1.dump.zst.age", 3, 30, "1".repeat(64)),
                        new Artefact(
                                Artefact.Kind.FACTS, app, FOLDER + "app.1.facts.json.zst.age", 3, 30, "2".repeat(64))),
                List.of("age1own"));
    }
}
