package dev.windlass.workflows.recovery;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A table as a person names it, {@code schema.table}, spelled as in the catalogue: without quotes. */
public record TableReference(@JsonValue String value) implements Comparable<TableReference> {
    private static final Pattern FORM = Pattern.compile("[^.\\p{Cntrl}]+\\.\\P{Cntrl}+");

    @JsonCreator
    public TableReference {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("table \"" + value + "\" must be SCHEMA.TABLE, such as public.users");
        }
    }

    public static TableReference of(String schema, String table) {
        return new TableReference(schema + "." + table);
    }

    public String schema() {
        return value.substring(0, value.indexOf('.'));
    }

    public String table() {
        return value.substring(value.indexOf('.') + 1);
    }

    /** For statements. */
    public String sql() {
        return quoted(schema()) + "." + quoted(table());
    }

    public static String quoted(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    @Override
    public int compareTo(TableReference other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
