package dev.windlass.activities.migrate;

import dev.windlass.workflows.migrate.Migration.Phase;
import dev.windlass.workflows.migrate.Migration.Wrapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a migration's first line tells Windlass: {@code -- windlass: contract, no transaction}.
 *
 * @param wrapping none where the line leaves it to the tool
 */
record FirstLine(Phase phase, Optional<Wrapping> wrapping) {
    private static final Pattern FORM = Pattern.compile("--\\s*windlass\\s*:(.*)", Pattern.CASE_INSENSITIVE);
    private static final String NO_TRANSACTION = "no transaction";

    /** @throws io.temporal.failure.ApplicationFailure PRECONDITION: it speaks to Windlass, in words that mean nothing */
    static FirstLine of(Path file, String text) {
        Matcher line = FORM.matcher(text.lines().findFirst().orElse("").strip());
        if (!line.matches()) {
            return new FirstLine(Phase.UNMARKED, Optional.empty());
        }
        List<Phase> phases = new ArrayList<>();
        List<Wrapping> wrappings = new ArrayList<>();
        for (String word : line.group(1).split(",", -1)) {
            switch (word.strip()) {
                case "expand" -> phases.add(Phase.EXPAND);
                case "contract" -> phases.add(Phase.CONTRACT);
                case NO_TRANSACTION -> wrappings.add(Wrapping.STATEMENT_BY_STATEMENT);
                default -> throw MigrateFailures.unknownMark(file, word.strip());
            }
        }
        if (phases.size() > 1 || wrappings.size() > 1) {
            throw MigrateFailures.unknownMark(file, line.group(1).strip());
        }
        return new FirstLine(
                phases.stream().findFirst().orElse(Phase.UNMARKED),
                wrappings.stream().findFirst());
    }
}
