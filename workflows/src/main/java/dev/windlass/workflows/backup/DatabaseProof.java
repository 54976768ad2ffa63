package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.DatabaseName;
import java.time.Duration;
import java.util.List;

/**
 * One database restored and compared.
 *
 * @param differences empty when it is proven; at most {@value #MOST_DIFFERENCES}, the count tells how many there were
 */
public record DatabaseProof(
        DatabaseName database,
        int tables,
        long rows,
        int differenceCount,
        List<Difference> differences,
        Duration restore,
        Duration compare) {
    public static final int MOST_DIFFERENCES = 20;

    public DatabaseProof {
        differences = List.copyOf(differences);
    }

    public boolean isProven() {
        return differenceCount == 0;
    }
}
