package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStore.Deletion;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.runbooks.backup.RetentionDecision;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.workflows.backup.PruneOrder;
import dev.windlass.workflows.backup.PruneReceipt;
import dev.windlass.workflows.backup.Removal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Removes what retention lets go, deciding once more by what is there now. */
final class SetPruning {
    private final BackupParts parts;
    private final List<String> removed = new ArrayList<>();
    private final List<String> later = new ArrayList<>();
    private long freed;

    SetPruning(BackupParts parts) {
        this.parts = parts;
    }

    PruneReceipt prune(PruneOrder order, StepContext context) {
        RetentionDecision now = RetentionDecision.decide(
                parts.contents(context).sets(),
                parts.operations().backup().keep(),
                parts.clock().instant(),
                Set.copyOf(order.inUse()));
        for (Removal removal : order.removals()) {
            boolean stillAllowed = now.removals().stream()
                    .anyMatch(each ->
                            each.set().equals(removal.set()) && each.store().equals(removal.store()));
            if (stillAllowed) {
                remove(removal, context);
            }
        }
        return new PruneReceipt(removed, now.kept(), later, freed);
    }

    /** The manifest first: a set that is half removed is no set, and the next run takes the rest as a leftover. */
    private void remove(Removal removal, StepContext context) {
        ObjectStore store = parts.stores().store(removal.store());
        String prefix = "sets/" + removal.set() + "/";
        List<StoredObject> objects = store.list(prefix, context).stream()
                .sorted(Comparator.comparing(
                                (StoredObject object) -> !object.key().equals(prefix + "manifest.json"))
                        .thenComparing(StoredObject::key))
                .toList();
        for (StoredObject object : objects) {
            if (store.delete(object.key(), context) == Deletion.LATER) {
                later.add(removal.set() + " in " + removal.store() + ": a bucket lock protects it still");
                return;
            }
            freed += object.bytes();
        }
        store.abortUnfinished(prefix, context);
        if (removal.store().equals(BackupPolicy.LOCAL)) {
            FolderRemoval.remove(parts.localFile(prefix));
        }
        removed.add(removal.set() + " from " + removal.store() + ": " + removal.reason());
    }
}
