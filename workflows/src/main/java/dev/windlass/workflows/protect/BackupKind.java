package dev.windlass.workflows.protect;

/** Of physical backups. */
public enum BackupKind {
    FULL("full"),
    /** What has changed since the newest full one. */
    DIFFERENTIAL("diff");

    private final String type;

    BackupKind(String type) {
        this.type = type;
    }

    /** As pgBackRest calls it. */
    public String type() {
        return type;
    }

    public String words() {
        return this == FULL ? "full" : "differential";
    }
}
