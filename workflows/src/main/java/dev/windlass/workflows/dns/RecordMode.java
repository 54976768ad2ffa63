package dev.windlass.workflows.dns;

/** What a name resolves to. */
public enum RecordMode {
    /** To Cloudflare, which asks the machine itself. */
    PROXIED,
    /** To the machine. */
    DIRECT
}
