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
        return "sha256(" + pad(OUTER_PAD) + " || sha256(" + pad(INNER_PAD) + " || convert_to("
                + SqlText.literal(label + ":") + " || " + value + ", 'UTF8')))";
    }

    /** 64 hex digits. */
    String hex() {
        return "encode(" + bytes() + ", 'hex')";
    }

    /** From the hash's digits beginning with one: 60 bits, as bigint. */
    String number() {
        return number(hex());
    }

    /** @param hex at least 15 hex digits */
    static String number(String hex) {
        return "('x' || substr(" + hex + ", 1, 15))::bit(60)::bigint";
    }

    /** Decimal digits, 18 at most. */
    String digits(int count) {
        return "lpad((" + number() + " % " + "1" + "0".repeat(count) + ")::text, " + count + ", '0')";
    }

    Pseudonym of(String otherLabel) {
        return new Pseudonym(label + "/" + otherLabel, value);
    }

    private static String pad(String setting) {
        return "(SELECT decode(current_setting('" + setting + "'), 'hex'))";
    }
}
