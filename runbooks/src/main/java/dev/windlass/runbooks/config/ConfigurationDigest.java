package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.PayloadJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the configuration that a plan was made from, so that an approval ends when it changes. */
public final class ConfigurationDigest {
    private ConfigurationDigest() {}

    /**
     * @param used a record of this package, or a map or list of them; secrets are in it as references only
     * @return {@code sha256:} and 64 hex digits
     */
    public static String of(Object used) {
        byte[] canonical = PayloadJson.canonical(used).getBytes(StandardCharsets.UTF_8);
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
