package dev.windlass.workflows.migrate;

/** What is done when a migration fails, or does not end as rehearsed; ops.yml says which. */
public enum WayBack {
    /** The files that go down. */
    DOWN,
    /** The database as it was in the backup that the run makes before it applies anything. */
    RESTORE,
    /** The run waits for a person. */
    ASK
}
