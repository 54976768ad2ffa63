package dev.windlass.workflows.migrate;

/**
 * One migration as the tool has recorded it in the database.
 *
 * @param checksum as the tool wrote it, with {@code sha256:} in front where it is one
 */
public record AppliedMigration(String name, String checksum) {}
