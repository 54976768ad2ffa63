package dev.windlass.runbooks.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import java.util.List;

/**
 * What planning saw of files to be archived.
 *
 * @param paths those that are there
 * @param exclude what is left out of them
 * @param entries files, directories and links
 * @param bytes in the files
 */
public record ArchiveObservation(
        ArchiveName archive, List<String> paths, List<String> exclude, long entries, long bytes) {
    public ArchiveObservation {
        paths = List.copyOf(paths);
        exclude = List.copyOf(exclude);
    }
}
