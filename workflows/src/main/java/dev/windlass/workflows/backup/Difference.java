package dev.windlass.workflows.backup;

/**
 * One thing that is not in the restored copy as it was at the snapshot.
 *
 * @param subject {@code app.users}, {@code sequence app.users_id_seq}, {@code smoke "has users"}
 */
public record Difference(String subject, String expected, String found) {
    @Override
    public String toString() {
        return subject + ": expected " + expected + ", found " + found;
    }
}
