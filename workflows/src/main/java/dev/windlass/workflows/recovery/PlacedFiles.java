package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.ArchiveProof;
import java.util.List;

/** @param kept what lay in the way and how it is called now, a line each */
public record PlacedFiles(ArchiveProof comparison, List<String> kept) {
    public PlacedFiles {
        kept = List.copyOf(kept);
    }
}
