package dev.windlass.activities.recovery;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.FetchedSet;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The whole set, before anything is made of it: damage is found while another set can still be taken. Safe to run twice: a
 * file that is there and right is not fetched again.
 */
final class SetFetching {
    private final ObjectStores stores;
    private final Manifest manifest;
    private final StepContext context;
    private int files;
    private long bytes;
    private int found;

    SetFetching(ObjectStores stores, Manifest manifest, StepContext context) {
        this.stores = stores;
        this.manifest = manifest;
        this.context = context;
    }

    FetchedSet fetch(Step step) {
        for (ObjectCall get : step.objectCalls()) {
            Path into = Path.of(get.file().orElseThrow());
            try {
                DurableFiles.makeDirectories(Objects.requireNonNull(into.getParent()));
                DurableFiles.removeParts(into);
                fetch(get, into);
            } catch (IOException failed) {
                throw DurableFiles.unchecked(failed, into);
            }
        }
        return new FetchedSet(files, bytes, found);
    }

    private void fetch(ObjectCall get, Path into) throws IOException {
        files++;
        Optional<Artefact> artefact = manifest.artefacts().stream()
                .filter(each -> each.key().equals(get.key()))
                .findFirst();
        if (artefact.isEmpty()) {
            download(get, into); // the manifest itself
            return;
        }
        bytes += artefact.get().bytes();
        FetchedFile file = new FetchedFile(into);
        if (file.isWhole(artefact.get(), context)) {
            found++;
            return;
        }
        download(get, into);
        if (!file.isWhole(artefact.get(), context)) {
            Files.deleteIfExists(into);
            // Once more: it may have been damaged on its way.
            download(get, into);
            if (!file.isWhole(artefact.get(), context)) {
                Files.deleteIfExists(into);
                throw VpsFailures.damaged(manifest.set(), get.key(), "is not what its manifest says");
            }
        }
    }

    private void download(ObjectCall get, Path into) {
        ObjectStore store = stores.store(get.store());
        try {
            store.download(get.key(), into, context);
        } catch (ApplicationFailure refused) {
            Optional<FailureType> type = Failure.in(refused).map(Failure::type);
            if (type.filter(FailureType.ARTEFACT_DAMAGED::equals).isPresent()) {
                throw VpsFailures.damaged(manifest.set(), get.key(), "is not what was sent there");
            }
            if (type.filter(FailureType.NOT_FOUND::equals).isPresent()) {
                throw VpsFailures.damaged(manifest.set(), get.key(), "is gone");
            }
            throw refused;
        }
    }
}
