package dev.windlass.activities.migrate;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version in the name of a migration of Flyway: {@code V1__name}, {@code V1.2__name}, {@code V1_2__name}.
 *
 * @param parts without zeros at the end: Flyway takes 1 and 1.0 for the same
 */
record FlywayVersion(List<BigInteger> parts) implements Comparable<FlywayVersion> {
    private static final Pattern NAME = Pattern.compile("V(\\d{1,18}(?:[._]\\d{1,18}){0,9})__.*");

    FlywayVersion {
        parts = List.copyOf(parts);
    }

    static Optional<FlywayVersion> in(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<BigInteger> parts = new ArrayList<>();
        for (String part : matcher.group(1).split("[._]", -1)) {
            parts.add(new BigInteger(part));
        }
        while (!parts.isEmpty() && parts.getLast().signum() == 0) {
            parts.removeLast();
        }
        return Optional.of(new FlywayVersion(parts));
    }

    @Override
    public int compareTo(FlywayVersion other) {
        int common = Math.min(parts.size(), other.parts.size());
        for (int at = 0; at < common; at++) {
            int compared = parts.get(at).compareTo(other.parts.get(at));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }
}
