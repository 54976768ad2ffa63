package dev.windlass.runbooks.config;

/**
 * Where a key stands.
 *
 * @param shown for people: {@code databases.shop.smoke[0].sql}
 * @param pattern the same for every team: {@code databases.NAME.smoke[].sql}
 */
public record KeyPath(String shown, String pattern) {
    public static final KeyPath ROOT = new KeyPath("", "");

    KeyPath key(String key) {
        return new KeyPath(join(shown, key), join(pattern, key));
    }

    /** An entry whose key is a name that the team chose. */
    KeyPath named(String name) {
        return new KeyPath(join(shown, name), join(pattern, "NAME"));
    }

    KeyPath item(int index) {
        return new KeyPath(shown + "[" + index + "]", pattern + "[]");
    }

    private static String join(String front, String key) {
        return front.isEmpty() ? key : front + "." + key;
    }
}
