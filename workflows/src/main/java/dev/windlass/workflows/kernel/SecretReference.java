package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a secret is found, never the secret: {@code env:NAME} (a variable of the worker's environment) or {@code
 * file:/absolute/path} (a file that only its owner can read). It is resolved on the machine that needs it, at the moment
 * of use.
 */
public record SecretReference(@JsonValue String value) {
    private static final String FILE = "file:";
    private static final Pattern FORM = Pattern.compile("env:[A-Za-z_][A-Za-z0-9_]*|file:/[^\\x00-\\x1f]+");

    @JsonCreator
    public SecretReference {
        if (!FORM.matcher(value).matches()) {
            // The value may be the secret itself, written here by mistake: it is not repeated.
            throw new IllegalArgumentException("a secret is given as env:NAME or file:/absolute/path");
        }
    }

    /** Absolute path; empty for a variable. */
    public Optional<String> file() {
        return value.startsWith(FILE) ? Optional.of(value.substring(FILE.length())) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
