package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a Redis server, as ops.yml calls it. */
public record RedisName(@JsonValue String value) implements Comparable<RedisName> {
    @JsonCreator
    public RedisName {
        Names.requireName("name of a Redis server", value);
    }

    @Override
    public int compareTo(RedisName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
