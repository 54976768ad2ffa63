package dev.windlass.activities.effects;

import dev.windlass.workflows.kernel.StepId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Marks everything that one step of one run starts: processes by an environment variable (or by the name of their systemd
 * unit), PostgreSQL backends by application_name. It does not name the attempt, so the next attempt finds what the last
 * one left behind.
 */
public record StepToken(String workflowId, String runId, StepId step) {
    /** The environment variable that carries it. */
    public static final String VARIABLE = "WINDLASS_STEP";

    public String value() {
        return workflowId + "|" + runId + "|" + step;
    }

    /** Short form for names with a limit, such as application_name (63 bytes): {@code windlass-} and 16 hex digits. */
    public String abbreviated() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(value().getBytes(StandardCharsets.UTF_8));
            return "windlass-" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public String toString() {
        return value();
    }
}
