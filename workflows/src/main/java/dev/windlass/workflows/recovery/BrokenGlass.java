package dev.windlass.workflows.recovery;

/**
 * Nobody can be asked when everything is gone: whoever holds the credential says who they are and why they begin.
 *
 * @param person as they call themselves; shown and written down, not proven
 */
public record BrokenGlass(String person, String reason) {
    public BrokenGlass {
        if (person.isBlank()) {
            throw new IllegalArgumentException("who recovers must be said");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("why the machine is recovered must be said");
        }
    }
}
