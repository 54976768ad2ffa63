package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.backup.PlanSlots;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Artefact.Kind;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.ProveArchiveOrder;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Path;

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
                throw ArchiveFailures.notUnpacked(order.archive(), unpacked);
            }
            return new UnpackedFiles(parts, step, order.archive())
                    .compare(Path.of(step.command("mkdir").argv().getLast()), context, begun);
        } finally {
            run(step.command("rm"), context);
        }
    }

    private void run(Command command, StepContext context) {
        parts.shell().run(command, context).orFail("read its words above, then retry the step", "backup.md#files");
    }
}
