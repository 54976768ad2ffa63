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

    static String literals(Collection<String> texts) {
        return texts.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }
}
