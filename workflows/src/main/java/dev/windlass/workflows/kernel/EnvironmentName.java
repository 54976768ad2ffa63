package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of an environment as ops.yml calls it: {@code prod}, {@code staging}. */
public record EnvironmentName(@JsonValue String value) implements Comparable<EnvironmentName> {
    @JsonCreator
    public EnvironmentName {
        Names.requireName("environment", value);
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
