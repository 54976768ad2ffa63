package dev.windlass.worker.slack;

import dev.windlass.workflows.approvals.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether Slack sent a request, now and for the first time:
 * https://docs.slack.dev/authentication/verifying-requests-from-slack . Stricter than Slack's own client: the future is
 * refused like the past, and no signature is taken twice.
 */
final class RequestSignature {
    static final Duration WINDOW = Duration.ofMinutes(5);
    /** Longer than a timestamp can be valid, from five minutes ahead to five minutes behind. */
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private final Clock clock;
    /** Of requests that were genuine; the oldest first. */
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    RequestSignature(Clock clock) {
        this.clock = clock;
    }

    /** @param detail for the audit log; repeats nothing that the caller sent but the time */
    record Verdict(Refusal refusal, String detail) {}

    /** Empty when it may be read. */
    Optional<Verdict> refuse(String secret, String timestamp, String signature, byte[] body) {
        if (!timestamp.matches("\\d{1,12}") || !signature.matches("v0=[0-9a-f]{64}")) {
            return Optional.of(new Verdict(Refusal.BAD_EVIDENCE, "no signature of Slack's form"));
        }
        Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant());
        if (off.abs().compareTo(WINDOW) > 0) {
            return Optional.of(new Verdict(
                    Refusal.STALE, "signed " + off.abs().toSeconds() + " s " + (off.isNegative() ? "ahead" : "ago")));
        }
        byte[] genuine = compute(secret, timestamp, body);
        if (!MessageDigest.isEqual(genuine, signature.getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new Verdict(Refusal.BAD_EVIDENCE, "another signature"));
        }
        return isFirst(signature)
                ? Optional.empty()
                : Optional.of(new Verdict(Refusal.REPLAYED, "the same request came before"));
    }

    private synchronized boolean isFirst(String signature) {
        Instant now = clock.instant();
        seen.values().removeIf(at -> at.plus(REMEMBERED).isBefore(now));
        return seen.putIfAbsent(signature, now) == null;
    }

    static byte[] compute(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return ("v0=" + HexFormat.of().formatHex(mac.doFinal(body))).getBytes(StandardCharsets.UTF_8);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has HmacSHA256", missing);
        }
    }
}
