package dev.windlass.activities.migrate;

import dev.windlass.activities.shell.CommandResult;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The last words of a migrator: what happened, without the details that quote rows. */
final class ToolWords {
    /** As psql writes an error with VERBOSITY=verbose, in any language. */
    private static final Pattern OF_POSTGRES = Pattern.compile(".*:  ?[0-9A-Z]{5}: .*|^psql: .*");

    /** Behind the last one Prisma says what happened. */
    private static final Pattern OF_PRISMA = Pattern.compile("^Error: .*");

    /** Flyway tells of a script that failed in lines of its own, and of all else in one. */
    private static final Pattern OF_FLYWAY = Pattern.compile("^(SQL State|Message|Location|Line) *: .*");

    private static final Pattern ERROR_OF_FLYWAY = Pattern.compile("^ERROR: .*");

    /** Traces, and what quotes rows. */
    private static final Pattern NOISE = Pattern.compile(
            "^\\s*\\d+: .*|^\\s+(at|with) .*|^A migration failed to apply.*|^(DbError|DETAIL|Position|Context)\\b.*|.*\\bdetail: .*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LOCK_TIMEOUT = Pattern.compile("\\b55P03\\b|canceling statement due to lock timeout");
    private static final Pattern OTHER_PRISMA = Pattern.compile("\\bP1002\\b|advisory lock");
    private static final Pattern LOST = Pattern.compile("\\bP1001\\b|\\bP1017\\b|\\b57P0[1-5]\\b|\\b08(00[136]|P01)\\b"
            + "|server closed the connection unexpectedly|An I/O error occurred while sending to the backend");

    private static final int SHOWN = 6;
    private static final int LONGEST = 600;
    private static final int KILLED_BY_SIGNAL = 128;
    private static final int PSQL_LOST_ITS_SERVER = 2;

    private ToolWords() {}

    static String of(CommandResult result) {
        List<String> lines = result.errorTail().stream()
                .map(line -> line.replaceAll("\\u001B\\[[0-9;]*m", "").stripTrailing())
                .filter(line -> !line.isBlank())
                .toList();
        List<String> telling = telling(lines);
        String words = telling.isEmpty()
                ? result.program() + " ended with exit code " + result.exitCode()
                : String.join(" / ", telling.subList(0, Math.min(SHOWN, telling.size())));
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }

    private static List<String> telling(List<String> lines) {
        int last = -1;
        for (int at = 0; at < lines.size(); at++) {
            last = OF_PRISMA.matcher(lines.get(at)).matches() ? at : last;
        }
        if (last >= 0) {
            return lines.subList(last, lines.size()).stream()
                    .filter(line -> !NOISE.matcher(line).matches())
                    .map(String::strip)
                    .toList();
        }
        return Stream.of(OF_FLYWAY, OF_POSTGRES, ERROR_OF_FLYWAY)
                .map(telling -> lines.stream()
                        .filter(line -> telling.matcher(line).matches())
                        .distinct()
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** A lock was not given in time: the same may go well a moment later. */
    static boolean isLockTimeout(CommandResult result) {
        return has(result, LOCK_TIMEOUT) || isOtherMigrator(result);
    }

    static boolean isOtherMigrator(CommandResult result) {
        return has(result, OTHER_PRISMA);
    }

    /** It says nothing of the migration: the program or its session was ended from outside. */
    static boolean isCutOff(CommandResult result) {
        return result.exitCode() > KILLED_BY_SIGNAL
                || (result.program().equals("psql") && result.exitCode() == PSQL_LOST_ITS_SERVER)
                || has(result, LOST);
    }

    private static boolean has(CommandResult result, Pattern pattern) {
        return result.errorTail().stream()
                        .anyMatch(line -> pattern.matcher(line).find())
                || result.output().stream()
                        .anyMatch(line -> pattern.matcher(line).find());
    }
}
