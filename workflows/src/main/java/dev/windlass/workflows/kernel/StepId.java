package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one step of a plan: a verb, and what it acts on where there are several, as in {@code dump/orders}. */
public record StepId(@JsonValue String value) implements Comparable<StepId> {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)?");

    @JsonCreator
    public StepId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("step id \"" + value + "\" must look like verb or verb/subject");
        }
    }

    public static StepId of(String verb) {
        return new StepId(verb);
    }

    public static StepId of(String verb, Object subject) {
        return new StepId(verb + "/" + subject);
    }

    /** What stands behind the slash; empty for a step that acts on nothing in particular. */
    public String subject() {
        int slash = value.indexOf('/');
        return slash < 0 ? "" : value.substring(slash + 1);
    }

    @Override
    public int compareTo(StepId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
