package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of an object store as ops.yml calls it; {@code local} is the backup directory of the worker's own machine. */
public record StoreName(@JsonValue String value) implements Comparable<StoreName> {
    @JsonCreator
    public StoreName {
        Names.requireName("store name", value);
    }

    @Override
    public int compareTo(StoreName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
