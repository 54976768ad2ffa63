package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.activities.storage.SetCatalogue;
import dev.windlass.runbooks.recovery.AppsOfSet;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.WindlassOfSet;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.Catalogue.Status;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.recovery.DatabasesFrom;
import dev.windlass.workflows.recovery.RecoverVpsPlan;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.SetsSeen;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which sets of the bucket a machine can be recovered from, and what that takes. */
final class VpsSets {
    private final ObjectStores stores;
    private final SealedFiles sealedFiles;
    private final StepContext context;

    VpsSets(ObjectStores stores, SealedFiles sealedFiles, StepContext context) {
        this.stores = stores;
        this.sealedFiles = sealedFiles;
        this.context = context;
    }

    SetsSeen look(RecoverVpsRequest request) {
        Catalogue catalogue = catalogue();
        if (request.set().isPresent()) {
            Catalogue.Entry entry = whole(catalogue, request, request.set().get());
            return new SetsSeen(
                    List.of(entry.set()),
                    entry.status() == Status.PROVEN
                            ? List.of()
                            : List.of("set " + entry.set() + " was asked for, and it is " + words(entry.status())));
        }
        List<SetId> proven = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Catalogue.Entry entry : catalogue.sets()) {
            if (entry.status() == Status.PROVEN && isWhole(entry)) {
                proven.add(entry.set());
            } else if (proven.isEmpty()) {
                // What is older than the newest good one is nobody's concern now.
                notes.add("set " + entry.set() + " is left out: "
                        + (entry.problems().isEmpty() ? words(entry.status()) : String.join(", ", entry.problems())));
            }
        }
        if (proven.isEmpty()) {
            throw VpsFailures.noSet(
                    request.bucket().toString(), notes.stream().limit(5).toList());
        }
        return new SetsSeen(proven, notes);
    }

    RecoverVpsPlan plan(RecoverVpsRequest request, SetId set, DatabasesFrom from) {
        Manifest manifest = whole(catalogue(), request, set).manifest().orElseThrow();
        requireIdentity(manifest);
        Optional<LostMachine> lost = LostMachine.of(manifest, stores, sealedFiles, context);
        AppsOfSet apps = lost.map(known -> AppsOfSet.of(known.operations(), manifest, known.served()))
                .orElseGet(() -> new AppsOfSet(List.of(), List.of()));
        Optional<WindlassOfSet> windlass = lost.flatMap(known -> WindlassOfSet.of(known.operations(), manifest));
        if (from == DatabasesFrom.SET || manifest.databases().isEmpty()) {
            return new PlanOfRecoverVps(RecoveryPlaces.standard(), manifest, Optional.empty(), apps, windlass)
                    .plan(request);
        }
        ClusterOfSet.Found found =
                new ClusterOfSet(stores, context).find(request, manifest, lost.map(LostMachine::operations));
        if (request.to().isPresent() && found.cluster().isEmpty()) {
            throw VpsFailures.noClusterToReplay(found.why());
        }
        return new PlanOfRecoverVps(RecoveryPlaces.standard(), manifest, found.cluster(), apps, windlass)
                .plan(request, found.notes());
    }

    private Catalogue catalogue() {
        return new SetCatalogue(stores, List.of(RecoveryOperations.BUCKET))
                .read(context)
                .catalogue();
    }

    private static Catalogue.Entry whole(Catalogue catalogue, RecoverVpsRequest request, SetId set) {
        Optional<Catalogue.Entry> found = catalogue.find(set);
        return found.filter(VpsSets::isWhole)
                .orElseThrow(() -> VpsFailures.notWhole(
                        set,
                        request.bucket().toString(),
                        found.map(Catalogue.Entry::problems).orElse(List.of())));
    }

    private static boolean isWhole(Catalogue.Entry entry) {
        return entry.manifest().isPresent() && !entry.stores().isEmpty();
    }

    private static String words(Status status) {
        return switch (status) {
            case PROVEN -> "proven";
            case FAILED -> "not what it should be: its proof has failed";
            case UNPROVEN -> "not proven";
            case INCOMPLETE -> "not complete";
        };
    }

    /** The smallest file of the set tells, in a second, before anything is begun. */
    private void requireIdentity(Manifest manifest) {
        Optional<Artefact> smallest = manifest.artefacts().stream().min(Comparator.comparingLong(Artefact::bytes));
        if (smallest.isEmpty()) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("windlass-recovery");
            Path file = directory.resolve("sealed");
            try {
                stores.store(RecoveryOperations.BUCKET).download(smallest.get().key(), file, context);
                requireIdentity(manifest, smallest.get(), file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void requireIdentity(Manifest manifest, Artefact artefact, Path file) throws IOException {
        FetchedFile fetched = new FetchedFile(file);
        if (!fetched.isWhole(artefact, context)) {
            throw VpsFailures.damaged(manifest.set(), artefact.key(), "is not what its manifest says");
        }
        try (InputStream opened = sealedFiles.open(new Channel.OpenedFile(
                file.toString(), RecoveryPlaces.standard().identity()))) {
            opened.read();
        } catch (ApplicationFailure refused) {
            if (Failure.in(refused)
                    .filter(why -> why.type() == FailureType.WRONG_IDENTITY)
                    .isPresent()) {
                throw VpsFailures.wrongIdentity(manifest.set(), manifest.recipients());
            }
            throw refused;
        }
    }
}
