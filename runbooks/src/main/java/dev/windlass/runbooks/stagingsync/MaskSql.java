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
            case Mask.Email() -> "'u' || " + pseudonym.hex(20) + " || '@example.test'";
            case Mask.Phone(Optional<String> by) -> "'+999' || " + twelveDigits(by, value, pseudonym);
            case Mask.Name(Mask.Name.Part part) -> name(part, pseudonym);
            case Mask.Address() -> address(pseudonym);
            case Mask.Iban() -> iban(pseudonym);
            case Mask.Card(Optional<String> by) -> card(by, value, pseudonym);
            case Mask.Ip() -> ip(value, pseudonym);
            case Mask.Url() -> "'https://example.test/' || " + pseudonym.hex(20);
            case Mask.DateTo(Mask.DateTo.Precision precision) ->
                "date_trunc('" + (precision == Mask.DateTo.Precision.YEAR ? "year" : "month") + "', " + value + ")"
                        + dateAgain();
            case Mask.DateShift(int days) ->
                "(" + value + " + make_interval(days => (" + pseudonym.number() + " % " + (2 * days + 1)
                        + ")::integer - " + days + "))" + dateAgain();
            // Only what is left behind whole repetitions is cut, for letters are counted one by one.
            case Mask.Text() ->
                "repeat('" + WORDS + "', length(" + text(value) + ") / " + WORDS.length() + ") || left('" + WORDS
                        + "', length(" + text(value) + ") % " + WORDS.length() + ")";
            case Mask.Noise(int percent) -> noise(percent, value, pseudonym);
            case Mask.Uuid() -> uuid(pseudonym);
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
        return by.map(key ->
                        "CASE WHEN " + value + " IS NOT NULL THEN lpad(" + numbered(key, 12) + "::text, 12, '0') END")
                .orElseGet(() -> pseudonym.digits(12));
    }

    /** The last digits of a key of whole numbers, as bigint. Negative ones lie behind the others. */
    private static String numbered(String key, int digits) {
        String number = SqlText.quoted(key) + "::bigint";
        String power = Pseudonym.power(digits);
        return "((" + number + " % " + power + " + " + power + ") % " + power + ")";
    }

    private static String name(Mask.Name.Part part, Pseudonym pseudonym) {
        return switch (part) {
            case FIRST -> oneOf(OwnNames.FIRST, pseudonym.of("first").number());
            case LAST -> oneOf(OwnNames.LAST, pseudonym.of("last").number());
            case FULL ->
                ofOneHash(
                        oneOf(OwnNames.FIRST, Pseudonym.number("h.hash", 1)) + " || ' ' || "
                                + oneOf(OwnNames.LAST, Pseudonym.number("h.hash", 9)),
                        pseudonym);
        };
    }

    private static String address(Pseudonym pseudonym) {
        return ofOneHash(
                "(1 + " + Pseudonym.number("h.hash", 1) + " % 180)::text || ' ' || "
                        + oneOf(OwnNames.STREETS, Pseudonym.number("h.hash", 9)) + " || ', 00' || lpad(("
                        + Pseudonym.number("h.hash", 17) + " % 1000)::text, 3, '0') || ' Testville'",
                pseudonym);
    }

    /** @param parts made of h.hash, each of bytes of its own */
    private static String ofOneHash(String parts, Pseudonym pseudonym) {
        return "(SELECT " + parts + " FROM (SELECT " + pseudonym.bytes() + ONCE + ") h (hash))";
    }

    private static String oneOf(List<String> names, String number) {
        return "(ARRAY[" + SqlText.literals(names) + "])[1 + " + number + " % " + names.size() + "]";
    }

    /**
     * ISO 13616: letters are two digits each (F = 15, R = 27), and all of it modulo 97 is 1. The account is a number n, so what is
     * behind the bank is n · 10⁶ + 152700, and modulo 97 that is 27 n + 22.
     */
    private static String iban(Pseudonym pseudonym) {
        return "(SELECT 'FR' || lpad((98 - (i.account % 97 * 27 + 22) % 97)::text, 2, '0') || '00000' || lpad(i.account::text, 18, '0')"
                + " FROM (SELECT " + pseudonym.number() + " % " + Pseudonym.power(18) + ONCE + ") i (account))";
    }

    /**
     * ISO/IEC 7812: every second digit counts twice, from the last one of a number n on. Modulo 10 a digit d that does so is 2 d and
     * one more from five on, whatever stands before it can stay where it is divided, and the four nines are 6.
     */
    private static String card(Optional<String> by, String value, Pseudonym pseudonym) {
        String number = by.map(key -> "CASE WHEN " + value + " IS NOT NULL THEN " + numbered(key, 11) + " END")
                .orElseGet(() -> pseudonym.number() + " % " + Pseudonym.power(11));
        String sum = IntStream.range(0, 11)
                .mapToObj(n ->
                        "c.n / " + Pseudonym.power(n) + (n % 2 == 0 ? " * 2 + c.n / 5" + "0".repeat(n) + " % 2" : ""))
                .collect(Collectors.joining(" + "));
        return "(SELECT '9999' || lpad(c.n::text, 11, '0') || ((10 - (6 + " + sum + ") % 10) % 10)::text FROM (SELECT "
                + number + ONCE + ") c (n))";
    }

    private String ip(String value, Pseudonym pseudonym) {
        String isSix = column.kind() == TypeKind.INET ? "family(" + value + ") = 6" : value + " LIKE '%:%'";
        String address = "CASE WHEN " + isSix
                + " THEN (SELECT '2001:db8:' || substr(h.hex, 1, 4) || ':' || substr(h.hex, 5, 4) || ':'"
                + " || substr(h.hex, 9, 4) || ':' || substr(h.hex, 13, 4) || ':' || substr(h.hex, 17, 4) || ':' || substr(h.hex, 21, 4)"
                + " FROM (SELECT " + pseudonym.hex(24) + ONCE + ") h (hex)) ELSE '192.0.2.' || (1 + "
                + pseudonym.number()
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

    /** In the form of version 4, which has its number in the seventh byte and two bits of its own in the ninth. */
    private String uuid(Pseudonym pseudonym) {
        String uuid = "encode(overlay(overlay(substr(" + pseudonym.bytes()
                + ", 1, 16) PLACING decode('40', 'hex') FROM 7) PLACING decode('a0', 'hex') FROM 9), 'hex')::uuid";
        return column.kind() == TypeKind.UUID ? uuid : uuid + "::text";
    }

    private String hash(Pseudonym pseudonym) {
        return switch (column.kind()) {
            case SMALLINT -> "(" + pseudonym.number() + " % 32768)";
            case INTEGER -> "(" + pseudonym.number() + " % 2147483648)";
            // Eighteen digits, always: among numbers of sixteen and fifteen there are those of cards.
            case BIGINT -> "(" + Pseudonym.power(17) + " + " + pseudonym.number() + " % 9" + "0".repeat(17) + ")";
            case BYTES -> pseudonym.bytes();
            default -> "left('h' || " + pseudonym.hex(LONGEST_HASH) + ", " + hashLength(column) + ")";
        };
    }

    static int hashLength(SchemaColumn column) {
        return Math.min(LONGEST_HASH, column.length().orElse(LONGEST_HASH));
    }
}
