package dev.windlass.workflows.recovery;

import java.util.List;

/**
 * A table whose rows are to come back, as it is in the live database.
 *
 * @param isPartitioned its rows lie in its partitions
 * @param key the columns of the primary key, in its order
 * @param sequences those its columns take their values from
 */
public record TableShape(TableReference table, boolean isPartitioned, List<String> key, List<FedBySequence> sequences) {
    public TableShape {
        key = List.copyOf(key);
        sequences = List.copyOf(sequences);
    }

    public record FedBySequence(String column, TableReference sequence, Direction direction) {
        public enum Direction {
            UP,
            DOWN
        }
    }
}
