package dev.windlass.runbooks.config;

import java.util.Comparator;

/**
 * One thing that is wrong in ops.yml or in a classification. The value itself is never repeated where it may be a secret.
 *
 * @param file as it was given to the reader
 * @param line from 1
 * @param column from 1, in characters
 * @param path of the key, such as {@code backup.keep.local_days}; empty when the file as a whole is meant
 */
public record Problem(String file, int line, int column, String path, String message, String hint)
        implements Comparable<Problem> {
    private static final Comparator<Problem> BY_PLACE = Comparator.comparingInt(Problem::line)
            .thenComparingInt(Problem::column)
            .thenComparing(Problem::path)
            .thenComparing(Problem::message);

    /** {@code file:line:column: path: message}, and the hint on a line of its own. */
    public String text() {
        return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + message + "\n  hint: "
                + hint;
    }

    @Override
    public int compareTo(Problem other) {
        return BY_PLACE.compare(this, other);
    }
}
