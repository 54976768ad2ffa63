package dev.windlass.workflows.recovery;

import dev.windlass.workflows.kernel.DatabaseName;
import java.util.List;

/**
 * A database of a replayed cluster of which every row was read.
 *
 * @param findings what a person should know: tables of the set that are gone, collations of another version; a line each
 */
public record ReadDatabase(DatabaseName database, int tables, long rows, List<String> findings) {
    public ReadDatabase {
        findings = List.copyOf(findings);
    }
}
