package dev.windlass.workflows.audit;

import java.util.Optional;

/**
 * Which entries are asked for.
 *
 * @param last at most this many, the newest
 * @param run of this workflow id only
 */
public record AuditQuestion(int last, Optional<String> run) {
    public static final int MOST = 1_000;

    public AuditQuestion {
        if (last < 1 || last > MOST) {
            throw new IllegalArgumentException("between 1 and " + MOST + " entries can be shown, not " + last);
        }
    }
}
