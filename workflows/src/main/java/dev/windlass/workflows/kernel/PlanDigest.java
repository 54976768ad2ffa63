package dev.windlass.workflows.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** SHA-256 over a plan's canonical JSON, as {@code v1:} and 64 hex digits. Ages and timings are never part of it. */
public record PlanDigest(@JsonValue String value) {
    private static final Pattern FORM = Pattern.compile("v1:[0-9a-f]{64}");

    /** The stored form that is hashed. A change of this record is a new version of the digest. */
    private record CanonicalV1(
            String runbook, SortedMap<String, String> request, SortedMap<String, String> resolved, List<Step> steps) {}

    @JsonCreator
    public PlanDigest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("plan digest \"" + value + "\" must be v1: and 64 hex digits");
        }
    }

    static PlanDigest of(
            String runbook, SortedMap<String, String> request, SortedMap<String, String> resolved, List<Step> steps) {
        String canonical = PayloadJson.canonical(new CanonicalV1(runbook, request, resolved, steps));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return new PlanDigest("v1:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The first twelve hex digits: enough for a person to compare. */
    public String abbreviated() {
        return value.substring(3, 15);
    }

    @Override
    public String toString() {
        return value;
    }
}
