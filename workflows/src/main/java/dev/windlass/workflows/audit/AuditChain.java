package dev.windlass.workflows.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.workflows.kernel.PayloadJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Follows the log line by line. Each line holds the SHA-256 of the one before, so a line that is changed, removed or put
 * in between breaks the chain at a place that can be named. Whoever can rewrite the whole log can make a new chain: that
 * is what the copies in the bucket are compared for.
 */
public final class AuditChain {
    public static final String BEGINNING = "0".repeat(64);

    private String head = BEGINNING;
    private long length;

    /** Hex SHA-256 of a line without its line end. */
    public static String hash(String line) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(line.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The hash of the last line. */
    public String head() {
        return head;
    }

    public long length() {
        return length;
    }

    /** The line that comes next for an event. The chain goes on only when it is {@link #follow}ed. */
    public String next(Instant at, AuditEvent event) {
        return PayloadJson.canonical(new AuditEntry(length + 1, at, head, event));
    }

    /** @return what is wrong with this line; the chain does not go on then */
    public Optional<String> follow(String line) {
        AuditEntry entry;
        try {
            entry = read(line);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            return Optional.of("it is no entry");
        }
        if (entry.sequence() != length + 1) {
            return Optional.of("its number is " + entry.sequence() + ", not " + (length + 1));
        }
        if (!entry.previous().equals(head)) {
            return Optional.of("entry " + length + " is not the one it was written after");
        }
        head = hash(line);
        length++;
        return Optional.empty();
    }

    public static AuditEntry read(String line) throws JsonProcessingException {
        return PayloadJson.mapper().readValue(line, AuditEntry.class);
    }
}
