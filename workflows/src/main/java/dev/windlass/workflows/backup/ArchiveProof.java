package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import java.time.Duration;
import java.util.List;

/**
 * One archive unpacked and compared.
 *
 * @param entries that were compared
 * @param moving entries that could not be, since they changed while they were read
 * @param differences empty when it is proven; at most {@link DatabaseProof#MOST_DIFFERENCES}
 */
public record ArchiveProof(
        ArchiveName archive,
        long entries,
        long bytes,
        long moving,
        int differenceCount,
        List<Difference> differences,
        Duration took) {
    public ArchiveProof {
        differences = List.copyOf(differences);
    }

    public boolean isProven() {
        return differenceCount == 0;
    }
}
