package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.CommitOrder;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.Proof;
import dev.windlass.workflows.backup.RecordOrder;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Effect.ObjectCall.Verb;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The small files that say what a set is and whether it is proven. Each is written once and never overwritten. */
final class SetRecords {
    private final BackupParts parts;

    SetRecords(BackupParts parts) {
        this.parts = parts;
    }

    void commit(CommitOrder order, StepContext context) {
        for (ObjectCall put : puts(order.step())) {
            ObjectStore store = parts.stores().store(put.store());
            requireWhole(order.manifest(), store, context);
            write(store, put.key(), PayloadJson.canonical(order.manifest()), context);
        }
    }

    void record(RecordOrder order, StepContext context) {
        Proof proof = order.proof();
        puts(order.step())
                .forEach(put ->
                        write(parts.stores().store(put.store()), put.key(), PayloadJson.canonical(proof), context));
        boolean endsOlderIdentities = order.step().objectCalls().stream().anyMatch(call -> call.verb() == Verb.DELETE);
        if (endsOlderIdentities && proof.verdict() == Proof.Verdict.PROVEN) {
            parts.identities().destroyOlderThan(proof.set());
        }
    }

    private static List<ObjectCall> puts(Step step) {
        return step.objectCalls().stream()
                .filter(call -> call.verb() == Verb.PUT)
                .toList();
    }

    private static void requireWhole(Manifest manifest, ObjectStore store, StepContext context) {
        Map<String, Long> sizes = store.list("sets/" + manifest.set() + "/", context).stream()
                .collect(Collectors.toMap(StoredObject::key, StoredObject::bytes));
        for (Artefact artefact : manifest.artefacts()) {
            Long found = sizes.get(artefact.key());
            if (found == null || found != artefact.bytes()) {
                throw new Failure(
                                FailureType.ARTEFACT_DAMAGED,
                                artefact.key() + " must have " + artefact.bytes() + " bytes in store " + store.name()
                                        + " and " + (found == null ? "is not there" : "has " + found),
                                "something else removed or changed it during the run: find out what, then run the"
                                        + " backup again.",
                                "backup.md#artefact-damaged")
                        .asException();
            }
        }
    }

    /** An attempt whose answer was lost has written the same bytes. */
    private static void write(ObjectStore store, String key, String json, StepContext context) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        if (store.putIfAbsent(key, content, context)) {
            return;
        }
        boolean same = store.get(key, context)
                .filter(found -> Arrays.equals(found, content))
                .isPresent();
        if (!same) {
            throw new Failure(
                            FailureType.ALREADY_EXISTS,
                            key + " is in store " + store.name() + " already, with other content",
                            "two workers may run with one backup directory or bucket prefix: stop one of them, then"
                                    + " run the backup again.",
                            "backup.md#already-exists")
                    .asException();
        }
    }
}
