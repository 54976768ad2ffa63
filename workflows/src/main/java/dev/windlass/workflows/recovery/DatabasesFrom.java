package dev.windlass.workflows.recovery;

/** What a recovered machine gets its databases from. */
public enum DatabasesFrom {
    /** The physical backup and the WAL that followed it, where the bucket has them; else the set. */
    CLUSTER_FIRST,
    /** The dumps of the set. */
    SET
}
