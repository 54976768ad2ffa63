package dev.windlass.activities.shell;

import java.io.IOException;

/** Tells a failed read of our input from a failed write of our output. */
final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final IOException reason;

    SourceException(IOException reason) {
        super(reason);
        this.reason = reason;
    }

    IOException reason() {
        return reason;
    }
}
