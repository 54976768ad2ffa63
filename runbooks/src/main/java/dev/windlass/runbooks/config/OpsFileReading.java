package dev.windlass.runbooks.config;

import java.util.List;
import java.util.stream.Collectors;

/** What became of reading ops.yml. */
public sealed interface OpsFileReading {
    record Accepted(Operations operations) implements OpsFileReading {}

    /** @param problems all of them, in the order of the file */
    record Refused(List<Problem> problems) implements OpsFileReading {
        public Refused {
            problems = problems.stream().sorted().toList();
        }

        public String text() {
            return problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
        }
    }
}
