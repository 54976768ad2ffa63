package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import java.time.Instant;
import java.util.List;

/**
 * What a set holds of one archive.
 *
 * @param paths what was read, absolute
 * @param readAt when reading began
 * @param entries files, directories and links
 * @param bytes in the files
 * @param moving entries that changed while they were read, and so are in the set in one state or another
 */
public record ArchiveSummary(
        ArchiveName archive, List<String> paths, Instant readAt, long entries, long bytes, long moving) {
    public ArchiveSummary {
        paths = List.copyOf(paths);
    }
}
