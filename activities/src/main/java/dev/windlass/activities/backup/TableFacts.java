package dev.windlass.activities.backup;

import java.util.List;

/**
 * What one table held.
 *
 * @param hash sum over all rows of a hash of each, so it does not depend on their order; a decimal number
 */
public record TableFacts(String schema, String name, List<HashedColumn> columns, long rows, String hash) {
    public TableFacts {
        columns = List.copyOf(columns);
    }

    public TableName table() {
        return new TableName(schema, name);
    }
}
