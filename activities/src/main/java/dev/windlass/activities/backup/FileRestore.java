package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.backup.ArchiveProof;
import dev.windlass.workflows.backup.RestoreFilesOrder;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Step;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files of a set as a new directory: unpacked under a name of this run, compared, then renamed. */
final class FileRestore {
    private final BackupParts parts;

    FileRestore(BackupParts parts) {
        this.parts = parts;
    }

    /** Safe to run twice: what is there under the new name and equals the set was made by the attempt whose answer was lost. */
    ArchiveProof restore(RestoreFilesOrder order, StepContext context) {
        long begun = System.nanoTime();
        Step step = UnpackedFiles.fill(order.step(), order.manifest(), order.archive(), context);
        UnpackedFiles files = new UnpackedFiles(parts, step, order.archive());
        Path into = Path.of(order.into());
        Path growing = Path.of(step.command("mkdir").argv().getLast());
        parts.shell().fence(context);
        clear(step, context);
        run(step.command("install"), context);
        SealedSet.fetch(step, parts.stores(), context);
        if (!Files.exists(into, LinkOption.NOFOLLOW_LINKS)) {
            FilesTarget.requireRoom(
                    into, order.manifest().archive(order.archive()).bytes());
            run(step.command("mkdir"), context);
            files.unpack(context);
            ArchiveProof proof = files.compare(growing, context, begun);
            run(step.command("mv"), context);
            if (Files.exists(growing, LinkOption.NOFOLLOW_LINKS)) {
                throw FilesTarget.taken(into);
            }
            run(step.command("rm"), context);
            return proof;
        }
        ArchiveProof proof = files.compare(into, context, begun);
        run(step.command("rm"), context);
        if (!proof.isProven()) {
            throw FilesTarget.taken(into);
        }
        return proof;
    }

    void remove(RestoreFilesOrder order, StepContext context) {
        Step step = UnpackedFiles.fill(order.step(), order.manifest(), order.archive(), context);
        parts.shell().fence(context);
        clear(step, context);
    }

    /** What only a run that did not end has: the directory that grows, and what was fetched. */
    private void clear(Step step, StepContext context) {
        step.undo().forEach(effect -> run((Command) effect, context));
    }

    private void run(Command command, StepContext context) {
        parts.shell()
                .run(command, context)
                .orFail("make room or correct the permissions there; then retry the step", "restore.md#scratch-failed");
    }
}
