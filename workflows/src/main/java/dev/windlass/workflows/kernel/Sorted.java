package dev.windlass.workflows.kernel;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Immutable maps in key order, so that the same content is always the same JSON. */
public final class Sorted {
    private Sorted() {}

    public static <V> SortedMap<String, V> copyOf(Map<String, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    public static <V> SortedMap<String, V> of() {
        return Collections.emptySortedMap();
    }

    public static <V> SortedMap<String, V> of(String key, V value) {
        return copyOf(Map.of(key, value));
    }
}
