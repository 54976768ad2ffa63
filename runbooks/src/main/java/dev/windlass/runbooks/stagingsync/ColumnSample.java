package dev.windlass.runbooks.stagingsync;

import java.util.Map;

/**
 * What some rows of a column look like: numbers, and no value.
 *
 * @param values that are not NULL
 * @param distinct of them
 * @param hits how many have the form of each
 */
public record ColumnSample(long values, long distinct, Map<Likeness, Long> hits) {
    public ColumnSample {
        hits = Map.copyOf(hits);
    }

    static ColumnSample none() {
        return new ColumnSample(0, 0, Map.of());
    }

    /** In percent, of the values. */
    long rate(Likeness likeness) {
        return values == 0 ? 0 : 100 * hits.getOrDefault(likeness, 0L) / values;
    }
}
