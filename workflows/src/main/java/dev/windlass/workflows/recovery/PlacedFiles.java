package dev.windlass.workflows.recovery;

import dev.windlass.workflows.backup.ArchiveProof;
import java.util.List;

/** @param notes what lay in the way and how it is called now, and which owners were made; a line each */
public record PlacedFiles(ArchiveProof comparison, List<String> notes) {
    public PlacedFiles {
        notes = List.copyOf(notes);
    }
}
