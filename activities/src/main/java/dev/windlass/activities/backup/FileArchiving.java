package dev.windlass.activities.backup;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileFacts;
import dev.windlass.activities.files.FileReading;
import dev.windlass.activities.files.UnreadableNameException;
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
import java.io.UncheckedIOException;
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
        parts.shell().fence(context);
        new EarlierAttempts(parts.localFile("sets/" + order.set())).remove(order.archive());
        Step step = order.step()
                .fill(Slots.of("attempt", attempt).with("token", context.token().abbreviated()));
        Command tar = step.command("tar");
        Instant since = fileTime(parts.localFile("sets/" + order.set()));
        CommandResult packed = parts.shell().run(tar, context);
        Artefact files = packed.sealed()
                .map(receipt -> parts.artefact(Kind.FILES, order.archive(), pathOf(tar), receipt))
                .orElseThrow(() -> ArchiveFailures.broken(order.archive(), packed.summary()));
        Archive archive = Names.known(() -> parts.operations().backup().archive(order.archive()));
        List<String> paths =
                tar.argv().subList(tar.argv().lastIndexOf("--") + 1, tar.argv().size());
        ObjectCall put = step.objectCalls().getFirst();
        context.begun(put);
        Inventory inventory = new Inventory();
        Channel.SealedFile like = (Channel.SealedFile) tar.output();
        String path = parts.localFile(put.key()).toString();
        try (SealedFiles.Draft draft =
                parts.sealedFiles().begin(new Channel.SealedFile(path, like.zstdLevel(), like.recipients()))) {
            new FileReading(
                            ArchiveLook.walkOf(archive.exclude()),
                            since,
                            new ReadingProgress(context, "read files", archive.name()))
                    .read(paths, facts -> inventory.write(facts, draft));
            Artefact written = parts.artefact(Kind.INVENTORY, order.archive(), path, draft.commit());
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
        } catch (UnreadableNameException unreadable) {
            throw ArchiveFailures.unreadableName(String.valueOf(unreadable.getMessage()), unreadable);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Instant fileTime(Path folder) {
        try {
            return FileReading.now(folder);
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, folder);
        }
    }

    private static String pathOf(Command tar) {
        return Path.of(((Channel.SealedFile) tar.output()).path()).toString();
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
