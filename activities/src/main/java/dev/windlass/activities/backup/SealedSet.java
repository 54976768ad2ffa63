package dev.windlass.activities.backup;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** The sealed files of one database in a stored set, for the steps that read them. */
record SealedSet(Manifest manifest, DatabaseName database) {
    /** The keys of its files, under the names that plans keep open for them. */
    Slots keys() {
        return Slots.of(PlanSlots.DUMP, manifest.artefact(Kind.DUMP, database).key())
                .with(
                        PlanSlots.GLOBALS,
                        manifest.artefact(Kind.GLOBALS, database).key())
                .with(PlanSlots.FACTS, manifest.artefact(Kind.FACTS, database).key());
    }

    /** Carries out the downloads that the step plans; a step on local files plans none. */
    static void fetch(Step step, ObjectStores stores, StepContext context) {
        for (ObjectCall call : step.objectCalls()) {
            if (call.verb() == ObjectCall.Verb.GET && call.file().isPresent()) {
                Path into = Path.of(call.file().get());
                makeFolderOf(into);
                stores.store(call.store()).download(call.key(), into, context);
            }
        }
    }

    private static void makeFolderOf(Path file) {
        try {
            DurableFiles.makeDirectories(Objects.requireNonNull(file.getParent()));
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }
}
