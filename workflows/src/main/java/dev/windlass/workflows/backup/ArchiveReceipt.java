package dev.windlass.workflows.backup;

import java.time.Duration;
import java.util.List;

/** @param artefacts the files and their inventory */
public record ArchiveReceipt(ArchiveSummary summary, List<Artefact> artefacts, Duration took) {
    public ArchiveReceipt {
        artefacts = List.copyOf(artefacts);
    }
}
