package dev.windlass.runbooks.stagingsync;

/**
 * SQL for what is derived from a value by a key: HMAC-SHA-256 out of two of core's sha256(), so that nothing has to be created or
 * installed in the database. The padded keys stand in two settings of the session, given in the startup packet: a statement would
 * stand in the server's log. They are read once per statement, as scalar sub-selects.
 *
 * @param value an expression for the text that is hashed
 */
record Pseudonym(String label, String value) {
    static final String INNER_PAD = "windlass.ipad";
    static final String OUTER_PAD = "windlass.opad";

    /** As bytea; NULL of NULL. */
    String bytes() {
        return "sha256((SELECT " + pad(OUTER_PAD) + ") || sha256((SELECT " + pad(INNER_PAD) + " || convert_to("
                + SqlText.literal(label + ":") + ", 'UTF8')) || convert_to(" + value + ", 'UTF8')))";
    }

    /** @param digits hexadecimal ones, an even number, 64 at most */
    String hex(int digits) {
        return hex(bytes(), 1, digits);
    }

    /** Of a hash that stands in a column: cut before it is written out, for text is cut letter by letter. */
    static String hex(String bytes, int fromByte, int digits) {
        return "encode(substr(" + bytes + ", " + fromByte + ", " + digits / 2 + "), 'hex')";
    }

    /** From the hash's digits beginning with one: 60 bits, as bigint. */
    String number() {
        return number(bytes(), 1);
    }

    static String number(String bytes, int fromByte) {
        return "('x' || " + hex(bytes, fromByte, 16) + ")::bit(60)::bigint";
    }

    /** Decimal digits, 18 at most. */
    String digits(int count) {
        return "lpad((" + number() + " % " + power(count) + ")::text, " + count + ", '0')";
    }

    static String power(int digits) {
        return "1" + "0".repeat(digits);
    }

    Pseudonym of(String otherLabel) {
        return new Pseudonym(label + "/" + otherLabel, value);
    }

    private static String pad(String setting) {
        return "decode(current_setting('" + setting + "'), 'hex')";
    }
}
