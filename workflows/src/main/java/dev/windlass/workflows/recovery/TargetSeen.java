package dev.windlass.workflows.recovery;

/**
 * @param system its name and version, such as {@code Debian GNU/Linux 12 (bookworm)}
 * @param free bytes where the set goes
 * @param earlier whether an attempt before this one has left its mark
 */
public record TargetSeen(String system, long free, Earlier earlier) {
    public enum Earlier {
        NONE,
        /** Of this recovery, or of one that was given up: what it has left is made anew. */
        LEFT
    }
}
