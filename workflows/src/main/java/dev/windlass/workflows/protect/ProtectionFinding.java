package dev.windlass.workflows.protect;

import java.util.Optional;

/** @param kind the same for as long as it is the same trouble; words change with its numbers */
public record ProtectionFinding(Kind kind, String words) {
    public enum Kind {
        SERVER_UNREACHABLE,
        REPOSITORY_UNREACHABLE,
        NOT_PROTECTED,
        LAG,
        ARCHIVING_FAILS,
        NO_FULL_BACKUP,
        FULL_BACKUP_OLD,
        BACKUP_OLD,
        PAGE_ERRORS,
        DRILL_OLD;

        /** The finding that stands for everything that cannot be seen then. */
        Optional<Kind> seenAt() {
            return switch (this) {
                case SERVER_UNREACHABLE, REPOSITORY_UNREACHABLE, DRILL_OLD -> Optional.empty();
                case NOT_PROTECTED, LAG, ARCHIVING_FAILS -> Optional.of(SERVER_UNREACHABLE);
                case NO_FULL_BACKUP, FULL_BACKUP_OLD, BACKUP_OLD, PAGE_ERRORS -> Optional.of(REPOSITORY_UNREACHABLE);
            };
        }
    }
}
