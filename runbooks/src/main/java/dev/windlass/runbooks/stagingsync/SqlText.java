package dev.windlass.runbooks.stagingsync;

import dev.windlass.workflows.recovery.TableReference;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of statements. */
final class SqlText {
    private SqlText() {}

    static String quoted(String identifier) {
        return TableReference.quoted(identifier);
    }

    /** Read alike whatever standard_conforming_strings says. */
    static String literal(String text) {
        String doubled = text.replace("'", "''");
        return text.contains("\\") ? " E'" + doubled.replace("\\", "\\\\") + "'" : "'" + doubled + "'";
    }

    /** An anonymous block, whatever its text holds: a name can hold the mark that ends a quotation. */
    static String block(String body) {
        String tag = "$do$";
        for (int i = 1; body.contains(tag); i++) {
            tag = "$do" + i + "$";
        }
        return "DO " + tag + " " + body + " " + tag;
    }

    static String literals(Collection<String> texts) {
        return texts.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }
}
