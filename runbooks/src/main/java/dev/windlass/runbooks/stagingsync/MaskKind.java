package dev.windlass.runbooks.stagingsync;

/** The words behind {@code mask:}. */
enum MaskKind {
    EMAIL,
    PHONE,
    NAME,
    ADDRESS,
    IBAN,
    CARD,
    IP,
    URL,
    DATE,
    TEXT,
    NOISE,
    UUID,
    HASH,
    CONSTANT,
    REMOVE,
    JSON
}
