package dev.windlass.runbooks.config;

import java.util.Collection;
import java.util.stream.Collectors;

/** A name that ops.yml does not have. */
public final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public UnknownNameException(String kind, String name, Collection<?> known) {
        super("ops.yml has no " + kind + " \"" + name + "\"; it has "
                + (known.isEmpty()
                        ? "none"
                        : known.stream().map(Object::toString).sorted().collect(Collectors.joining(", "))));
        this.hint = Suggestion.among(name, known.stream().map(Object::toString).toList(), kind);
    }

    /** A sentence: the name that may have been meant, or all there are. */
    public String hint() {
        return hint;
    }
}
