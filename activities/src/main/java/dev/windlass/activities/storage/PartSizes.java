package dev.windlass.activities.storage;

/**
 * How a file is cut: parts of one size but for the last, as R2 demands, and no more than 10,000 of them
 * (https://developers.cloudflare.com/r2/objects/multipart-objects/).
 */
record PartSizes(long bytes, long partBytes) {
    static final int MOST_PARTS = 10_000;
    private static final long MEBIBYTE = 1 << 20;

    /** @param partMebibytes of ops.yml; parts are larger only when there would be too many */
    static PartSizes of(long bytes, int partMebibytes) {
        long smallest = Math.ceilDiv(bytes, MOST_PARTS);
        return new PartSizes(bytes, Math.max(partMebibytes, Math.ceilDiv(smallest, MEBIBYTE)) * MEBIBYTE);
    }

    /** An empty file is one empty part. */
    int count() {
        return Math.max(1, Math.toIntExact(Math.ceilDiv(bytes, partBytes)));
    }

    /** @param number from 1 */
    long offset(int number) {
        return (number - 1) * partBytes;
    }

    long length(int number) {
        return Math.min(partBytes, bytes - offset(number));
    }
}
