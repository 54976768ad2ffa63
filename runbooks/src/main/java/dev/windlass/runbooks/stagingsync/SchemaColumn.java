package dev.windlass.runbooks.stagingsync;

import java.util.Collections;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * @param type as format_type has it, with its schema where that is not pg_catalog
 * @param length in characters, of character(n) and character varying(n)
 */
public record SchemaColumn(String name, String type, TypeKind kind, OptionalInt length, Set<Trait> traits) {
    public enum Trait {
        NOT_NULL,
        /** PostgreSQL computes it. */
        GENERATED,
        ARRAY,
        ENUM,
        /** Of a domain of SQL, whose constraints a mask has to keep. */
        CONSTRAINED,
        /** Its values decide in which partition a row is. */
        PARTITION_KEY,
        /** citext. */
        CASE_BLIND
    }

    public SchemaColumn {
        traits = Collections.unmodifiableSet(new TreeSet<>(traits));
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
