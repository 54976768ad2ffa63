package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a host as ops.yml calls it; {@code local} is the machine the worker runs on. */
public record HostName(@JsonValue String value) implements Comparable<HostName> {
    @JsonCreator
    public HostName {
        Names.requireName("host name", value);
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
