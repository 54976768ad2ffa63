package dev.windlass.runbooks.stagingsync;

/** Forms that a value can have, as regular expressions of PostgreSQL. */
public enum Likeness {
    EMAIL("e-mail addresses", "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"),
    PHONE("phone numbers", "^\\+?[0-9][0-9 ()/.-]{6,18}[0-9]$"),
    IBAN("IBANs", "^[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{2,4}){3,9}$"),
    CARD("card numbers", "^[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{1,7}$"),
    IP("internet addresses", "^([0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){2,7})$"),
    URL("URLs", "^https?://"),
    UUID("UUIDs", "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"),
    HOLDS_EMAIL("text with e-mail addresses in it", "[^@\\s]+@[^@\\s]+\\.[a-z]");

    private final String words;
    private final String pattern;

    Likeness(String words, String pattern) {
        this.words = words;
        this.pattern = pattern;
    }

    String words() {
        return words;
    }

    String pattern() {
        return pattern;
    }
}
