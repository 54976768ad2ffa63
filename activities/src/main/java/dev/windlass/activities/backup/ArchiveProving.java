package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.ProveArchiveOrder;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Path;

/** Unpacks the sealed files of one archive into a scratch directory and compares them with their inventory. */
final class ArchiveProving {
    private final BackupParts parts;

    ArchiveProving(BackupParts parts) {
        this.parts = parts;
    }

    /** What is unpacked is clear text, so it goes also when the step was cancelled. */
    ArchiveProof prove(ProveArchiveOrder order, StepContext given) {
        long begun = System.nanoTime();
        CalmPulse pulse = new CalmPulse(given.pulse());
        StepContext context = new StepContext(given.token(), pulse, given.journal());
        Step step = UnpackedFiles.fill(order.step(), order.manifest(), order.archive(), context);
        parts.shell().fence(context);
        run(step.command("rm"), context);
        try {
            return unpackAndCompare(order, step, context, begun);
        } finally {
            pulse.calmly(() -> {
                parts.shell().fence(context);
                run(step.command("rm"), context);
            });
        }
    }

    private ArchiveProof unpackAndCompare(ProveArchiveOrder order, Step step, StepContext context, long begun) {
        Path directory = Path.of(step.command("install").argv().getLast());
        Path unpacked = Path.of(step.command("mkdir").argv().getLast());
        ScratchSpace.requireFiles(
                directory, order.manifest().archive(order.archive()).bytes());
        run(step.command("install"), context);
        SealedSet.fetch(step, parts.stores(), context);
        run(step.command("mkdir"), context);
        UnpackedFiles files = new UnpackedFiles(parts, step, order.archive());
        files.unpack(context);
        return files.compare(unpacked, context, begun);
    }

    private void run(Command command, StepContext context) {
        parts.shell().run(command, context).orFail("read its words above, then retry the step", "backup.md#files");
    }
}
