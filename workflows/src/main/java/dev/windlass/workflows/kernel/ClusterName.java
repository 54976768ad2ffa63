package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a PostgreSQL cluster as ops.yml calls it. */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {
    @JsonCreator
    public ClusterName {
        Names.requireName("cluster name", value);
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
