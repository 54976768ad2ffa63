package dev.windlass.runbooks.inventory;

/**
 * Something that a new machine needs before it can serve.
 *
 * @param what in words, with its path where it has one
 * @param note where it is found, or what to do so that it will be
 */
public record Need(String what, Held held, String note) {
    /** Where it will be when this machine is gone. */
    public enum Held {
        /** In each set of everything. */
        IN_SETS,
        /** Somewhere that ops.yml names and that cannot be looked into from here. */
        ELSEWHERE,
        /** Gone with this machine. */
        NOWHERE
    }
}
