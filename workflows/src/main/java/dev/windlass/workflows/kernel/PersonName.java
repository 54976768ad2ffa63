package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a person as ops.yml calls them. */
public record PersonName(@JsonValue String value) implements Comparable<PersonName> {
    @JsonCreator
    public PersonName {
        Names.requireName("person", value);
    }

    @Override
    public int compareTo(PersonName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
