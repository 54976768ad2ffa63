package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of files that are backed up together, as ops.yml calls them. */
public record ArchiveName(@JsonValue String value) implements Comparable<ArchiveName> {
    @JsonCreator
    public ArchiveName {
        Names.requireName("archive name", value);
    }

    @Override
    public int compareTo(ArchiveName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
