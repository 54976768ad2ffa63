package dev.windlass.activities.files;

/** A file whose name this process cannot tell, and so cannot open. */
public final class UnreadableNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param shown with question marks where the bytes could not be read */
    UnreadableNameException(String shown) {
        super(shown);
    }
}
