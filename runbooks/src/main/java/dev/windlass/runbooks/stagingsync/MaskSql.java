package dev.windlass.runbooks.stagingsync;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SQL for what stands in place of a value. Every function in it is of pg_catalog and immutable, so a session needs no right but to
 * read the table. NULL gives NULL.
 */
final class MaskSql {
    static final String WORDS = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do ";
    private static final int LONGEST_HASH = 32;

    /** Without it PostgreSQL puts the expression wherever its name stands, and computes the hash as often. */
    private static final String ONCE = " OFFSET 0";

    private final SchemaColumn column;
    private final String label;
    private final MaskDomain.LetterCase letterCase;

    /** @param label the same for columns whose pseudonyms have to be the same */
    MaskSql(SchemaColumn column, String label, MaskDomain.LetterCase letterCase) {
        this.column = column;
        this.label = label;
        this.letterCase = column.is(SchemaColumn.Trait.CASE_BLIND) ? MaskDomain.LetterCase.IGNORED : letterCase;
    }

    /** Of the column itself, element by element where it is an array. */
    String expression(Mask mask) {
        String name = SqlText.quoted(column.name());
        if (mask instanceof Mask.Remove) {
            return "NULL::" + column.type();
        }
        if (!column.is(SchemaColumn.Trait.ARRAY)) {
            return of(mask, name);
        }
        return "CASE WHEN " + name + " IS NOT NULL THEN ARRAY(SELECT " + of(mask, "e.one") + " FROM unnest(" + name
                + ") WITH ORDINALITY e (one, nth) ORDER BY e.nth) END";
    }

    private String of(Mask mask, String value) {
        Pseudonym pseudonym = new Pseudonym(label, text(value));
        return switch (mask) {
            case Mask.Email() -> "'u' || substr(" + pseudonym.hex() + ", 1, 20) || '@example.test'";
            case Mask.Phone(Optional<String> by) -> "'+999' || " + twelveDigits(by, value, pseudonym);
            case Mask.Name(Mask.Name.Part part) -> name(part, pseudonym);
            case Mask.Address() ->
                "(1 + " + pseudonym.number() + " % 180)::text || ' ' || "
                        + oneOf(OwnNames.STREETS, pseudonym.of("street")) + " || ', 00' || "
                        + pseudonym.of("town").digits(3) + " || ' Testville'";
            case Mask.Iban() -> iban(pseudonym);
            case Mask.Card(Optional<String> by) -> card(by, value, pseudonym);
            case Mask.Ip() -> ip(value, pseudonym);
            case Mask.Url() -> "'https://example.test/' || substr(" + pseudonym.hex() + ", 1, 20)";
            case Mask.DateTo(Mask.DateTo.Precision precision) ->
                "date_trunc('" + (precision == Mask.DateTo.Precision.YEAR ? "year" : "month") + "', " + value + ")"
                        + dateAgain();
            case Mask.DateShift(int days) ->
                "(" + value + " + make_interval(days => (" + pseudonym.number() + " % " + (2 * days + 1)
                        + ")::integer - " + days + "))" + dateAgain();
            case Mask.Text() ->
                "left(repeat('" + WORDS + "', 1 + length(" + text(value) + ") / " + WORDS.length() + "), length("
                        + text(value) + "))";
            case Mask.Noise(int percent) -> noise(percent, value, pseudonym);
            case Mask.Uuid() -> uuid(pseudonym) + (column.kind() == TypeKind.UUID ? "::uuid" : "");
            case Mask.Hash() -> hash(pseudonym);
            case Mask.Constant(String constant) ->
                "CASE WHEN " + value + " IS NOT NULL THEN " + SqlText.literal(constant) + "::" + column.type() + " END";
            case Mask.Remove() -> "NULL";
            case Mask.Json(List<String> allowed) ->
                "CASE WHEN " + value + " IS NOT NULL THEN " + JsonMask.of(allowed, value + "::jsonb") + " END";
        };
    }

    /** What is hashed: the same text for values that are equal. */
    private String text(String value) {
        String text = switch (column.kind()) {
            case BYTES -> "encode(" + value + ", 'hex')";
            case INET -> "host(" + value + ")";
            default -> value + "::text";
        };
        return letterCase == MaskDomain.LetterCase.IGNORED ? "lower(" + text + ")" : text;
    }

    private static String twelveDigits(Optional<String> by, String value, Pseudonym pseudonym) {
        // From a number that tells rows apart, for hashes of twelve digits meet among half a million.
        return by.map(key -> "CASE WHEN " + value + " IS NOT NULL THEN " + numbered(key, 12) + " END")
                .orElseGet(() -> pseudonym.digits(12));
    }

    private static String numbered(String key, int digits) {
        String number = SqlText.quoted(key) + "::numeric";
        // Negative ones lie behind the others.
        return "lpad(((" + number + " + 1" + "0".repeat(digits) + ") % 1" + "0".repeat(digits) + ")::text, " + digits
                + ", '0')";
    }

    private static String name(Mask.Name.Part part, Pseudonym pseudonym) {
        String first = oneOf(OwnNames.FIRST, pseudonym.of("first"));
        String last = oneOf(OwnNames.LAST, pseudonym.of("last"));
        return switch (part) {
            case FIRST -> first;
            case LAST -> last;
            case FULL -> first + " || ' ' || " + last;
        };
    }

    private static String oneOf(List<String> names, Pseudonym pseudonym) {
        return "(ARRAY[" + SqlText.literals(names) + "])[1 + " + pseudonym.number() + " % " + names.size() + "]";
    }

    /** ISO 13616: letters are two digits each (F = 15, R = 27), and all of it modulo 97 is 1. */
    private static String iban(Pseudonym pseudonym) {
        return "(SELECT 'FR' || lpad((98 - (i.account || '152700')::numeric % 97)::text, 2, '0') || i.account FROM (SELECT '00000' || "
                + pseudonym.digits(18) + ONCE + ") i (account))";
    }

    private static String card(Optional<String> by, String value, Pseudonym pseudonym) {
        String digits = by.map(key -> "CASE WHEN " + value + " IS NOT NULL THEN " + numbered(key, 11) + " END")
                .orElseGet(() -> pseudonym.digits(11));
        // Fifteen times ascii('0') is a multiple of ten.
        String sum = IntStream.rangeClosed(1, 15)
                .mapToObj(n -> "ascii(" + (n % 2 == 1 ? "translate(" : "") + "substr(c.digits, " + n + ", 1)"
                        + (n % 2 == 1 ? ", '0123456789', '0246813579')" : "") + ")")
                .collect(Collectors.joining(" + "));
        return "(SELECT c.digits || ((10 - (" + sum + ") % 10) % 10)::text FROM (SELECT '9999' || " + digits + ONCE
                + ") c (digits))";
    }

    private String ip(String value, Pseudonym pseudonym) {
        String isSix = column.kind() == TypeKind.INET ? "family(" + value + ") = 6" : value + " LIKE '%:%'";
        String address = "CASE WHEN " + isSix
                + " THEN (SELECT '2001:db8:' || substr(h.hex, 1, 4) || ':' || substr(h.hex, 5, 4) || ':'"
                + " || substr(h.hex, 9, 4) || ':' || substr(h.hex, 13, 4) || ':' || substr(h.hex, 17, 4) || ':' || substr(h.hex, 21, 4)"
                + " FROM (SELECT " + pseudonym.hex() + ONCE + ") h (hex)) ELSE '192.0.2.' || (1 + " + pseudonym.number()
                + " % 254)::text END";
        return column.kind() == TypeKind.INET ? "(" + address + ")::inet" : address;
    }

    private String dateAgain() {
        return column.kind() == TypeKind.DATE ? "::date" : "";
    }

    private String noise(int percent, String value, Pseudonym pseudonym) {
        String factor = "(1 + ((" + pseudonym.number() + " % 2001) - 1000)::numeric * " + percent + " / 100000)";
        if (column.kind() == TypeKind.FLOAT) {
            return "(" + value + " * " + factor + "::float8)";
        }
        return column.kind() == TypeKind.NUMERIC
                ? "round(" + value + " * " + factor + ", scale(" + value + "))"
                : "round(" + value + "::numeric * " + factor + ")";
    }

    /** In the form of version 4. */
    private static String uuid(Pseudonym pseudonym) {
        return "(SELECT substr(h.hex, 1, 8) || '-' || substr(h.hex, 9, 4) || '-4' || substr(h.hex, 14, 3) || '-a' || substr(h.hex, 18, 3)"
                + " || '-' || substr(h.hex, 21, 12) FROM (SELECT " + pseudonym.hex() + ONCE + ") h (hex))";
    }

    private String hash(Pseudonym pseudonym) {
        return switch (column.kind()) {
            case SMALLINT -> "(" + pseudonym.number() + " % 32768)";
            case INTEGER -> "(" + pseudonym.number() + " % 2147483648)";
            case BIGINT -> "(" + pseudonym.number() + ")";
            case BYTES -> pseudonym.bytes();
            default -> "substr('h' || " + pseudonym.hex() + ", 1, " + hashLength(column) + ")";
        };
    }

    static int hashLength(SchemaColumn column) {
        return Math.min(LONGEST_HASH, column.length().orElse(LONGEST_HASH));
    }
}
