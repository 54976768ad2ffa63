package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileReading;
import dev.windlass.activities.files.FileWalk;
import dev.windlass.activities.files.InventoryComparison;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An archive of a set, unpacked by a step, beside its inventory. */
record UnpackedFiles(BackupParts parts, Step step, ArchiveName archive) {
    /** The step with the keys of the archive's files and with its own token. */
    static Step fill(Step step, Manifest manifest, ArchiveName archive, StepContext context) {
        return step.fill(
                Slots.of(PlanSlots.FILES, manifest.artefact(Kind.FILES, archive).key())
                        .with(
                                PlanSlots.INVENTORY,
                                manifest.artefact(Kind.INVENTORY, archive).key())
                        .with("token", context.token().abbreviated()));
    }

    void unpack(StepContext context) {
        CommandResult tar = parts.shell().run(step.command("tar"), context);
        if (!tar.isSuccess()) {
            throw ArchiveFailures.notUnpacked(archive, tar);
        }
    }

    /** @param since System.nanoTime() when the work began */
    ArchiveProof compare(Path unpacked, StepContext context, long since) {
        Channel.OpenedFile files = (Channel.OpenedFile) step.command("tar").input();
        Channel.OpenedFile inventory = new Channel.OpenedFile(
                files.path().replaceFirst("\\.tar\\.zst\\.age$", ".inventory.zst.age"), files.identity());
        return ArchiveFailures.reading(archive, () -> compare(inventory, unpacked, context, since));
    }

    private ArchiveProof compare(Channel.OpenedFile inventory, Path unpacked, StepContext context, long since)
            throws IOException {
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
            return new ArchiveProof(
                    archive,
                    comparison.compared(),
                    comparison.bytes(),
                    comparison.moving(),
                    comparison.count(),
                    comparison.differences(),
                    Duration.ofNanos(System.nanoTime() - since));
        }
    }
}
