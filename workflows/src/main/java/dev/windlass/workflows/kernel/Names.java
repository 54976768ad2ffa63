package dev.windlass.workflows.kernel;

import java.util.regex.Pattern;

/** The one rule for names that people write in ops.yml and that end up in paths, keys and workflow ids. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private Names() {}

    static String requireName(String what, String value) {
        if (!NAME.matcher(value).matches() || value.contains("..")) {
            throw new IllegalArgumentException(what + " \"" + value
                    + "\" must be 1-63 letters, digits, '_', '-' or '.', starting with a letter or digit");
        }
        return value;
    }
}
