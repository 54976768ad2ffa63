package dev.windlass.runbooks.stagingsync;

import dev.windlass.runbooks.config.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** What became of reading a classification. */
public sealed interface ClassificationReading {
    record Accepted(Classification classification) implements ClassificationReading {}

    /** @param problems all of them, in the order of the file */
    record Refused(List<Problem> problems) implements ClassificationReading {
        public Refused {
            problems = problems.stream().sorted().toList();
        }

        public String text() {
            return problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
        }
    }
}
