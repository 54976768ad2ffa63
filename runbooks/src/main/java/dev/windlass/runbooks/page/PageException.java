package dev.windlass.runbooks.page;

/** A page that cannot be read as one. */
public final class PageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PageException(String message) {
        super(message);
    }
}
