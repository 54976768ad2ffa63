package dev.windlass.activities.backup;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileFacts;
import dev.windlass.activities.files.FileReading;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.backup.ArchiveOrder;
import dev.windlass.workflows.backup.ArchiveReceipt;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Files of this machine as a sealed archive, then what they are, read once more. A file that has not changed since before
 * tar began is in the archive as it is read afterwards; any other is written down as moving.
 */
final class FileArchiving {
    private final BackupParts parts;

    FileArchiving(BackupParts parts) {
        this.parts = parts;
    }

    ArchiveReceipt archive(ArchiveOrder order, StepContext context, String attempt) {
        long begun = System.nanoTime();
        Archive archive = Names.known(() -> parts.operations().backup().archive(order.archive()));
        Path folder = parts.localFile("sets/" + order.set());
        parts.shell().fence(context);
        new EarlierAttempts(folder).remove(order.archive());
        Step step = order.step()
                .fill(Slots.of("attempt", attempt).with("token", context.token().abbreviated()));
        Command tar = step.command("tar");
        Channel.SealedFile packed = (Channel.SealedFile) tar.output();
        Instant since = fileTime(folder);
        CommandResult result = parts.shell().run(tar, context);
        Artefact files = result.sealed()
                .map(receipt -> parts.artefact(Kind.FILES, order.archive(), packed.path(), receipt))
                .orElseThrow(() -> ArchiveFailures.broken(order.archive(), result.summary()));
        List<String> paths =
                tar.argv().subList(tar.argv().lastIndexOf("--") + 1, tar.argv().size());
        Inventory inventory = new Inventory();
        Artefact written = ArchiveFailures.reading(
                order.archive(),
                () -> write(inventory, archive, paths, since, step.objectCalls().getFirst(), packed, context));
        return new ArchiveReceipt(
                new ArchiveSummary(
                        order.archive(),
                        paths.stream().map(each -> "/" + each).toList(),
                        since,
                        inventory.entries,
                        inventory.bytes,
                        inventory.moving),
                List.of(files, written),
                Duration.ofNanos(System.nanoTime() - begun));
    }

    private Artefact write(
            Inventory inventory,
            Archive archive,
            List<String> paths,
            Instant since,
            ObjectCall put,
            Channel.SealedFile like,
            StepContext context)
            throws IOException {
        context.begun(put);
        String path = parts.localFile(put.key()).toString();
        try (SealedFiles.Draft draft =
                parts.sealedFiles().begin(new Channel.SealedFile(path, like.zstdLevel(), like.recipients()))) {
            new FileReading(
                            ArchiveLook.walkOf(archive.exclude()),
                            since,
                            new ReadingProgress(context, "read files", archive.name()))
                    .read(paths, facts -> inventory.write(facts, draft));
            return parts.artefact(Kind.INVENTORY, archive.name(), path, draft.commit());
        }
    }

    private static Instant fileTime(Path folder) {
        try {
            return FileReading.now(folder);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, folder);
        }
    }

    private static final class Inventory {
        private long entries;
        private long bytes;
        private long moving;

        void write(FileFacts facts, SealedFiles.Draft draft) throws IOException {
            byte[] line = (PayloadJson.canonical(facts) + "\n").getBytes(StandardCharsets.UTF_8);
            draft.write(line, 0, line.length);
            entries++;
            bytes += facts.bytes();
            moving += facts.moving() ? 1 : 0;
        }
    }
}
