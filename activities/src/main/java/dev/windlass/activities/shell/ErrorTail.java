package dev.windlass.activities.shell;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Keeps the end of a standard error of any length, without the secrets that were given to the program. */
final class ErrorTail {
    static final int LINES = 20;
    static final int CHARACTERS = 8 * 1024;
    /** A character that no program prints; stands for a blotted one until the tail is cut. */
    private static final char BLOT = '\uE000';

    private final List<String> secrets;
    private final int longestSecret;
    private final byte[] ring;
    private final StepLogs.StepLog log;
    private long written;

    ErrorTail(Collection<String> secrets) {
        this(secrets, StepLogs.NOWHERE);
    }

    ErrorTail(Collection<String> secrets, StepLogs.StepLog log) {
        this.log = log;
        // Longest first: one secret may be a part of another.
        this.secrets = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .toList();
        this.longestSecret = secrets.stream()
                .mapToInt(secret -> secret.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        this.ring = new byte[4 * CHARACTERS + longestSecret];
    }

    synchronized void write(byte[] bytes, int offset, int length) {
        log.write(StepLogs.Stream.ERROR, bytes, offset, length);
        int skipped = Math.max(0, length - ring.length);
        written += skipped;
        for (int at = skipped; at < length; ) {
            int into = (int) (written % ring.length);
            int chunk = Math.min(length - at, ring.length - into);
            System.arraycopy(bytes, offset + at, ring, into, chunk);
            at += chunk;
            written += chunk;
        }
    }

    synchronized List<String> lines() {
        String text = blot(decode());
        if (written > ring.length) {
            // The cut may have gone through a secret, whose rest no longer matches.
            text = text.substring(Math.min(text.length(), longestSecret));
        }
        text = text.substring(Math.max(0, text.length() - CHARACTERS))
                .replaceAll(BLOT + "+", "***")
                .stripTrailing();
        List<String> lines = text.isEmpty() ? List.of() : text.lines().toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    private String decode() {
        int length = (int) Math.min(written, ring.length);
        byte[] ordered = new byte[length];
        int start = (int) ((written - length) % ring.length);
        int first = Math.min(length, ring.length - start);
        System.arraycopy(ring, start, ordered, 0, first);
        System.arraycopy(ring, 0, ordered, first, length - first);
        return new String(ordered, StandardCharsets.UTF_8);
    }

    private String blot(String text) {
        String blotted = text;
        for (String secret : secrets) {
            blotted = blotted.replace(secret, String.valueOf(BLOT).repeat(secret.length()));
        }
        return blotted;
    }
}
