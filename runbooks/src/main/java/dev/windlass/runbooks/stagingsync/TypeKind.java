package dev.windlass.runbooks.stagingsync;

/** What a column holds, seen through domains and arrays: as much as a mask has to know. */
public enum TypeKind {
    TEXT,
    SMALLINT,
    INTEGER,
    BIGINT,
    NUMERIC,
    FLOAT,
    DATE,
    TIMESTAMP,
    JSON,
    UUID,
    INET,
    BYTES,
    OTHER;

    boolean isWholeNumber() {
        return this == SMALLINT || this == INTEGER || this == BIGINT;
    }

    boolean isNumber() {
        return isWholeNumber() || this == NUMERIC || this == FLOAT;
    }
}
