package dev.windlass.activities.backup;

import java.util.Comparator;
import java.util.regex.Pattern;

/** A relation's schema and name, as the catalogue spells them. */
public record TableName(String schema, String name) implements Comparable<TableName> {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    /** For statements: always quoted, since the words that must be quoted change with each version. */
    public String sql() {
        return quoted(schema) + "." + quoted(name);
    }

    public static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** For people. */
    @Override
    public String toString() {
        return shown(schema) + "." + shown(name);
    }

    private static String shown(String identifier) {
        return PLAIN.matcher(identifier).matches() ? identifier : quoted(identifier);
    }
}
