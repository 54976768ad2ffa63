package dev.windlass.workflows.recovery;

/**
 * @param name on the server
 * @param oid which it keeps when its name changes
 */
public record MadeCopy(String name, long oid) {}
