package dev.windlass.activities.sealing;

/**
 * @param bytes of the sealed file
 * @param plainBytes before compression and encryption
 * @param sha256 of the sealed file, 64 hex digits
 */
public record SealedReceipt(long bytes, long plainBytes, String sha256) {}
