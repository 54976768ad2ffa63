package dev.windlass.workflows.stagingsync;

/** What a masked copy is made of. */
public enum SourceChoice {
    /** The newest proven backup while it is young enough and can be restored; else production. */
    AUTO,
    /** That backup, or nothing. */
    BACKUP,
    /** What production is at that moment. */
    PRODUCTION
}
