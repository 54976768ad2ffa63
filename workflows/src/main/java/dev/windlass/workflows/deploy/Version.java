package dev.windlass.workflows.deploy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What a person calls a version: a git SHA or a tag. {@code latest} names nothing that stays, so it is refused. */
public record Version(@JsonValue String value) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    @JsonCreator
    public Version {
        if (!FORM.matcher(value).matches() || value.contains("..")) {
            throw new IllegalArgumentException("version \"" + value
                    + "\" must be 1-64 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        if (value.equalsIgnoreCase("latest")) {
            throw new IllegalArgumentException(
                    "version \"latest\" names something else every day; give a git SHA or a tag");
        }
    }

    @Override
    public int compareTo(Version other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
