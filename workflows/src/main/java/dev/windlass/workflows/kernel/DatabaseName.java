package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a database as ops.yml calls it. */
public record DatabaseName(@JsonValue String value) implements Comparable<DatabaseName> {
    @JsonCreator
    public DatabaseName {
        Names.requireName("database name", value);
    }

    @Override
    public int compareTo(DatabaseName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
