package dev.windlass.runbooks.backup;

import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.RestoreFilesRequest;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.Sorted;
import dev.windlass.workflows.kernel.StoreName;
import java.util.List;
import java.util.Map;

/** What a restore of files does: a new directory beside everything, never over anything. */
public final class PlanOfRestoreFiles {
    private final ArchiveSteps steps;

    public PlanOfRestoreFiles(Operations operations) {
        this.steps = new ArchiveSteps(operations);
    }

    public Plan plan(RestoreFilesRequest request, ArchiveSummary summary, StoreName source) {
        return Plan.of(
                "restore-files",
                Sorted.copyOf(Map.of(
                        "set", request.set().value(),
                        "files", request.archive().value(),
                        "into", request.into())),
                Sorted.copyOf(Map.of("source", source.value(), "paths", String.join(", ", summary.paths()))),
                Sorted.of(
                        "size",
                        Quantities.bytes(summary.bytes()) + ", " + Quantities.plural(summary.entries(), "path")),
                List.of(steps.restore(request.archive(), request.into(), source, request.identity())));
    }
}
