package dev.windlass.runbooks.config;

/** A value that its {@link Form} refuses. */
public final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    public Misfit(String message, String hint) {
        super(message, null, false, false);
        this.hint = hint;
    }

    String fact() {
        return String.valueOf(getMessage());
    }

    String hint() {
        return hint;
    }
}
