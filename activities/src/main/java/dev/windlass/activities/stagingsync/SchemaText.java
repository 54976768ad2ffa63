package dev.windlass.activities.stagingsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as pg_dump writes it, entry by entry. It is run statement by statement here, and not by pg_restore, whose words about a
 * duplicate quote the row. What leads to other servers or into other people's logs does not come along.
 */
final class SchemaText {
    private static final Pattern HEADER = Pattern.compile("-- Name: (.*); Type: (.*); Schema: (.*); Owner:.*");

    /** Passwords stand in user mappings; a publication of all tables would publish staging. */
    private static final Set<String> LEFT_OUT = Set.of(
            "USER MAPPING",
            "SERVER",
            "FOREIGN DATA WRAPPER",
            "FOREIGN TABLE",
            "EVENT TRIGGER",
            "PUBLICATION",
            "PUBLICATION TABLE",
            "PUBLICATION TABLES IN SCHEMA",
            "SUBSCRIPTION",
            "ACL",
            "DEFAULT ACL",
            "COMMENT",
            "SECURITY LABEL");

    /** @param type as pg_dump has it: TABLE, INDEX, FK CONSTRAINT; empty for what stands before the first entry */
    record Entry(String type, String name, String statements) {
        boolean isExtension() {
            return type.equals("EXTENSION");
        }
    }

    private SchemaText() {}

    static List<Entry> entries(String dump) {
        List<Entry> entries = new ArrayList<>();
        String type = "";
        String name = "";
        StringBuilder statements = new StringBuilder();
        for (String line : dump.lines().toList()) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                add(entries, type, name, statements);
                type = header.group(2);
                name = header.group(1);
            } else if (!line.startsWith("\\restrict ") && !line.startsWith("\\unrestrict ")) {
                statements.append(line).append('\n');
            }
        }
        add(entries, type, name, statements);
        return entries;
    }

    private static void add(List<Entry> entries, String type, String name, StringBuilder statements) {
        if (!LEFT_OUT.contains(type)) {
            entries.add(new Entry(type, name, statements.toString()));
        }
        statements.setLength(0);
    }
}
