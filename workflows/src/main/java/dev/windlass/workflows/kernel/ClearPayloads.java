package dev.windlass.workflows.kernel;

/** What is made of payloads in clear text where there are keys. */
public enum ClearPayloads {
    /** Nobody without a key hands a worker anything to do. */
    REFUSED,
    /** For as long as runs are kept that were begun before there were keys. */
    ACCEPTED
}
