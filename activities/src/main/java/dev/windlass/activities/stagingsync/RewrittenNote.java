package dev.windlass.activities.stagingsync;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comment of a copy that has what is staging's own. The swap gives it staging's. */
final class RewrittenNote {
    private static final String START = "after_sql changed rows: ";

    private RewrittenNote() {}

    /** @param changed rows of each statement */
    static String of(List<Long> changed) {
        return START + changed.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    static Optional<List<Long>> read(String comment) {
        return comment.startsWith(START)
                ? Optional.of(Stream.of(comment.substring(START.length()).split(" "))
                        .map(Long::valueOf)
                        .toList())
                : Optional.empty();
    }
}
