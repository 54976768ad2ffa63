package dev.windlass.workflows.recovery;

/** @param found files that an earlier attempt had fetched whole */
public record FetchedSet(int files, long bytes, int found) {}
