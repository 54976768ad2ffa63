package dev.windlass.activities.backup;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.runbooks.backup.RedisSteps;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.RedisServer;
import dev.windlass.workflows.backup.PrepareOrder;
import dev.windlass.workflows.backup.PreparedSet;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.backup.StepOrder;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Where a set grows: its folder and its identity, made before and removed when the run never commits. */
final class SetFolder {
    private final BackupParts parts;

    SetFolder(BackupParts parts) {
        this.parts = parts;
    }

    /** Safe to run twice: folder and identity of an earlier attempt are found again. */
    PreparedSet prepare(PrepareOrder order, StepContext context) {
        Path folder = parts.localFile("sets/" + order.set());
        try {
            DurableFiles.makeDirectories(folder);
            requireRoom(folder, order, context);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, folder);
        }
        order.step().objectCalls().forEach(context::begun);
        List<String> recipients = new ArrayList<>(parts.operations().backup().recipients());
        recipients.add(parts.identities().ensure(order.set()));
        return new PreparedSet(order.set(), recipients);
    }

    /** A dump is never larger than its database by more than a tenth; usually it is a fifth of it. */
    private void requireRoom(Path folder, PrepareOrder order, StepContext context) throws IOException {
        long needed = 0;
        for (DatabaseName database : order.databases()) {
            needed += sizeOf(parts.operations().database(database), context);
        }
        ArchiveLook look = new ArchiveLook(context);
        for (ArchiveName archive : order.archives()) {
            needed += look.at(Names.known(() -> parts.operations().backup().archive(archive)))
                    .bytes();
        }
        for (RedisServer server : parts.operations().backup().redis()) {
            if (order.step().commands().contains(RedisSteps.look(server))) {
                needed += new RedisSnapshot(parts).look(server, context).memory();
            }
        }
        needed += needed / 10;
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < needed) {
            throw new Failure(
                            FailureType.DISK_FULL,
                            "the backup needs up to " + Quantities.bytes(needed) + " in "
                                    + parts.operations().backup().directory() + ", " + Quantities.bytes(free)
                                    + " are free",
                            "run `windlass backup prune --plan` to see what retention would free, or make room, then"
                                    + " run the backup again.",
                            "backup.md#disk-full")
                    .asException();
        }
    }

    private long sizeOf(Database database, StepContext context) {
        try (Connection connection = parts.connections().open(database, context.token());
                Statement statement = connection.createStatement();
                ResultSet size = statement.executeQuery("SELECT pg_database_size(current_database())")) {
            size.next();
            return size.getLong(1);
        } catch (SQLException failed) {
            throw PostgresFailures.using(database, failed);
        }
    }

    /** Harmless when the step never ran. A set that any store has a manifest of stays whole: it exists. */
    void discard(StepOrder order, StepContext context) {
        SetId set = order.set();
        List<ObjectCall> undo = order.step().undo().stream()
                .filter(Effect.ObjectCall.class::isInstance)
                .map(Effect.ObjectCall.class::cast)
                .toList();
        List<ObjectStore> stores = undo.stream()
                .filter(call -> call.key().startsWith("sets/"))
                .map(call -> parts.stores().store(call.store()))
                .toList();
        for (ObjectStore store : stores) {
            if (store.head("sets/" + set + "/manifest.json", context).isPresent()) {
                return;
            }
        }
        for (ObjectStore store : stores) {
            store.abortUnfinished("sets/" + set + "/", context);
            for (StoredObject object : store.list("sets/" + set + "/", context)) {
                store.delete(object.key(), context);
            }
            if (store.name().equals(BackupPolicy.LOCAL)) {
                FolderRemoval.remove(parts.localFile("sets/" + set));
            }
        }
        parts.identities().destroy(set);
    }
}
