package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of an app as ops.yml calls it. */
public record AppName(@JsonValue String value) implements Comparable<AppName> {
    @JsonCreator
    public AppName {
        Names.requireName("app", value);
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
