package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.ServedReleases;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.recovery.LostApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the lost machine was told, out of the set, before the set is fetched.
 *
 * @param operations its ops.yml
 * @param served which release of each app served
 */
record LostMachine(Operations operations, List<LostApp> served) {
    /** @return empty where the set has no ops.yml, or one that this Windlass does not understand */
    static Optional<LostMachine> of(
            Manifest manifest, ObjectStores stores, SealedFiles sealedFiles, StepContext context) {
        Optional<ArchiveSummary> own = manifest.archives().stream()
                .filter(archive -> archive.archive().equals(Archive.OWN))
                .findFirst();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Artefact artefact = manifest.artefact(Artefact.Kind.FILES, Archive.OWN);
        try {
            Path directory = Files.createTempDirectory("windlass-recovery");
            Path sealed = directory.resolve("sealed");
            Path file = directory.resolve("ops.yml");
            try {
                stores.store(RecoveryOperations.BUCKET).download(artefact.key(), sealed, context);
                if (!new FetchedFile(sealed).isWhole(artefact, context)) {
                    throw VpsFailures.damaged(manifest.set(), artefact.key(), "is not what its manifest says");
                }
                SealedArchive archive = new SealedArchive(sealedFiles, sealed);
                Optional<String> text = archive.find(own.get().paths().getFirst());
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                Files.writeString(file, text.get());
                return OpsFile.read(file) instanceof OpsFileReading.Accepted accepted
                        ? Optional.of(new LostMachine(
                                accepted.operations(), ServedReleases.of(accepted.operations(), archive::find)))
                        : Optional.empty();
            } finally {
                Files.deleteIfExists(sealed);
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private record SealedArchive(SealedFiles sealedFiles, Path sealed) {
        /** Its bytes are those that were sealed: where they are no archive, they are none the next time. */
        Optional<String> find(String path) {
            try (InputStream tar = sealedFiles.open(new Channel.OpenedFile(
                    sealed.toString(), RecoveryPlaces.standard().identity()))) {
                return new TarStream(tar)
                        .find(path.substring(1))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException noArchive) {
                return Optional.empty();
            }
        }
    }
}
