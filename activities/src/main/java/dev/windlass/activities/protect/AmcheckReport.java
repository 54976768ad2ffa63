package dev.windlass.activities.protect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What pg_amcheck printed: a line for each thing that does not fit, and indented lines that say how. It prints what broke a
 * query off in the same way, with the same exit code, so the server's words tell the two apart:
 * postgresql.org/docs/current/app-pgamcheck.html.
 *
 * @param damage such as {@code btree index "shop.public.users_email": invalid page in block 2}
 * @param brokenOff what kept pg_amcheck from looking; empty when it looked at everything
 */
record AmcheckReport(List<String> damage, Optional<String> brokenOff) {
    /** A table or an index that was dropped since pg_amcheck made its list is gone, not damaged. */
    private static final String DROPPED = "could not open relation with OID ";

    private static final List<String> BROKEN_OFF = List.of(
            "server closed the connection unexpectedly",
            "terminating connection",
            "canceling statement",
            "no connection to the server",
            "could not receive data from server",
            "SSL connection has been closed unexpectedly",
            "permission denied");

    AmcheckReport {
        damage = List.copyOf(damage);
    }

    static AmcheckReport of(List<String> output) {
        List<String> damage = new ArrayList<>();
        Optional<String> brokenOff = Optional.empty();
        for (int at = 0; at < output.size(); at++) {
            if (isIndented(output.get(at))) {
                continue;
            }
            String how =
                    at + 1 < output.size() && isIndented(output.get(at + 1)) ? withoutLevel(output.get(at + 1)) : "";
            if (BROKEN_OFF.stream().anyMatch(how::contains)) {
                brokenOff = brokenOff.or(() -> Optional.of(how));
            } else if (!how.startsWith(DROPPED)) {
                damage.add(output.get(at).replaceFirst(":$", "") + ": " + how);
            }
        }
        return new AmcheckReport(damage, brokenOff);
    }

    private static boolean isIndented(String line) {
        return line.startsWith(" ");
    }

    private static String withoutLevel(String line) {
        String words = line.strip();
        return Stream.of("ERROR:", "FATAL:", "WARNING:")
                .filter(words::startsWith)
                .findFirst()
                .map(level -> words.substring(level.length()).strip())
                .orElse(words);
    }
}
