package dev.windlass.workflows.backup;

import java.time.Duration;

/**
 * @param parts in the object
 * @param partsFound already there from an earlier attempt
 */
public record UploadReceipt(String key, long bytes, int parts, int partsFound, Duration took) {}
