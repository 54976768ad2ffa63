package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SealedReceipt;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Database;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.backup.DumpOrder;
import dev.windlass.workflows.backup.DumpReceipt;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** One database, its server's roles and the facts of its tables, all at one snapshot, as three sealed files. */
final class DatabaseDump {
    private static final String HINT =
            "read the last words of the program above; when the database is fine, run the backup again";

    private final BackupParts parts;

    DatabaseDump(BackupParts parts) {
        this.parts = parts;
    }

    DumpReceipt dump(DumpOrder order, StepContext context, String attempt) {
        long begun = System.nanoTime();
        parts.shell().fence(context);
        new EarlierAttempts(parts.localFile("sets/" + order.set())).remove(order.database());
        Database database = parts.operations().database(order.database());
        Slots slots = Slots.of("attempt", attempt).with("token", context.token().abbreviated());
        // Before the tables are locked: nobody should wait for it.
        Artefact globals = run(order.step().fill(slots).command("pg_dumpall"), Kind.GLOBALS, order, context);
        try (SnapshotHolder holder = SnapshotHolder.open(parts.connections(), database, context.token())) {
            Step step = order.step().fill(slots.with("snapshot", holder.snapshot()));
            context.begun(step.statements().getFirst());
            Artefact dump = run(step.command("pg_dump"), Kind.DUMP, order, context);
            holder.assertAlive();
            context.begun(step.statements().getLast());
            DatabaseFacts facts = new FactsReading(
                            parts.connections(),
                            context,
                            parts.operations().backup().jobs())
                    .read(holder);
            Artefact sealedFacts = seal(facts, step, order, context);
            return new DumpReceipt(
                    facts.summary(), List.of(dump, sealedFacts, globals), Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private Artefact run(Command command, Kind kind, DumpOrder order, StepContext context) {
        CommandResult result = parts.shell().run(command, context);
        if (!result.isSuccess()) {
            throw DumpFailures.of(order.database(), result, HINT);
        }
        SealedReceipt sealed = result.sealed()
                .orElseThrow(() -> new IllegalStateException(command.program() + " must write a sealed file"));
        return parts.artefact(kind, order.database(), ((Channel.SealedFile) command.output()).path(), sealed);
    }

    private Artefact seal(DatabaseFacts facts, Step step, DumpOrder order, StepContext context) {
        ObjectCall put = step.objectCalls().getFirst();
        Channel.SealedFile like = (Channel.SealedFile) step.command("pg_dump").output();
        String path = parts.localFile(put.key()).toString();
        context.begun(put);
        byte[] json = PayloadJson.canonical(facts).getBytes(StandardCharsets.UTF_8);
        try (SealedFiles.Draft draft =
                parts.sealedFiles().begin(new Channel.SealedFile(path, like.zstdLevel(), like.recipients()))) {
            draft.write(json, 0, json.length);
            return parts.artefact(Kind.FACTS, order.database(), path, draft.commit());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
