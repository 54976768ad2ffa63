package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileReading;
import dev.windlass.activities.files.FileWalk;
import dev.windlass.activities.files.InventoryComparison;
import dev.windlass.activities.files.UnreadableNameException;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.ProveArchiveOrder;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Unpacks the sealed files of one archive into a scratch directory and compares them with their inventory. */
final class ArchiveProving {
    private final BackupParts parts;

    ArchiveProving(BackupParts parts) {
        this.parts = parts;
    }

    ArchiveProof prove(ProveArchiveOrder order, StepContext context) {
        long begun = System.nanoTime();
        Manifest manifest = order.manifest();
        ArchiveSummary summary = manifest.archive(order.archive());
        Step step = order.step()
                .fill(Slots.of(
                                PlanSlots.FILES,
                                manifest.artefact(Kind.FILES, order.archive()).key())
                        .with(
                                PlanSlots.INVENTORY,
                                manifest.artefact(Kind.INVENTORY, order.archive())
                                        .key())
                        .with("token", context.token().abbreviated()));
        parts.shell().fence(context);
        run(step.command("rm"), context);
        try {
            ScratchSpace.requireFiles(Path.of(step.command("install").argv().getLast()), summary.bytes());
            run(step.command("install"), context);
            SealedSet.fetch(step, parts.stores(), context);
            run(step.command("mkdir"), context);
            Command tar = step.command("tar");
            CommandResult unpacked = parts.shell().run(tar, context);
            if (!unpacked.isSuccess()) {
                throw ArchiveFailures.notUnpacked(order.archive(), unpacked.summary());
            }
            InventoryComparison comparison = compare(step, order.archive(), context);
            return new ArchiveProof(
                    order.archive(),
                    comparison.compared(),
                    comparison.bytes(),
                    comparison.moving(),
                    comparison.count(),
                    comparison.differences(),
                    Duration.ofNanos(System.nanoTime() - begun));
        } finally {
            run(step.command("rm"), context);
        }
    }

    private InventoryComparison compare(Step step, ArchiveName archive, StepContext context) {
        Channel.OpenedFile files = (Channel.OpenedFile) step.command("tar").input();
        Channel.OpenedFile inventory = new Channel.OpenedFile(
                files.path().replaceFirst("\\.tar\\.zst\\.age$", ".inventory.zst.age"), files.identity());
        Path unpacked = Path.of(step.command("mkdir").argv().getLast());
        boolean isRoot = ScratchUser.of(parts.operations().backup().scratch()).isPresent();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(parts.sealedFiles().open(inventory), StandardCharsets.UTF_8))) {
            InventoryComparison comparison = new InventoryComparison(lines, isRoot);
            new FileReading(
                            new FileWalk(unpacked, List.of()),
                            Instant.MAX,
                            new ReadingProgress(context, "compare files", archive))
                    .read(List.of(""), comparison);
            comparison.finish();
            return comparison;
        } catch (UnreadableNameException unreadable) {
            throw ArchiveFailures.unreadableName(String.valueOf(unreadable.getMessage()), unreadable);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void run(Command command, StepContext context) {
        parts.shell().run(command, context).orFail("read its words above, then retry the step", "backup.md#files");
    }
}
