package dev.windlass.workflows.kernel;

import io.temporal.payload.codec.PayloadCodecException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of {@link PayloadEncryption}, from {@code id:base64,id2:base64}. The first one encrypts, all decrypt: to rotate,
 * put a new key in front and take an old one away when no run that was written with it is kept any more.
 */
public final class PayloadKeys {
    /** The environment variable that carries them. */
    public static final String VARIABLE = "WINDLASS_PAYLOAD_KEYS";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Map<String, SecretKey> keys;

    private PayloadKeys(Map<String, SecretKey> keys) {
        this.keys = keys;
    }

    /** @return empty when the variable is not set or blank: payloads stay in clear text */
    public static Optional<PayloadKeys> from(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE))
                .filter(value -> !value.isBlank())
                .map(PayloadKeys::parse);
    }

    /** Messages name ids and sizes, never a key. */
    public static PayloadKeys parse(String value) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String entry : value.strip().split(",", -1)) {
            int colon = entry.indexOf(':');
            String id = colon < 0 ? "" : entry.substring(0, colon).strip();
            if (!ID.matcher(id).matches()) {
                throw refused("entry " + (keys.size() + 1) + " has no id");
            }
            if (keys.put(id, key(id, entry.substring(colon + 1).strip())) != null) {
                throw refused("key \"" + id + "\" is given twice");
            }
        }
        return new PayloadKeys(keys);
    }

    private static SecretKey key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // The decoder's message quotes a character of the key: it is not passed on.
            throw refused("key \"" + id + "\" is not base64");
        }
        if (bytes.length != 32) {
            throw refused("key \"" + id + "\" has " + bytes.length + " bytes and must have 32");
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static IllegalArgumentException refused(String fact) {
        return new IllegalArgumentException(VARIABLE + ": " + fact
                + "\nhint: it reads id:base64,id2:base64; make a key with: openssl rand -base64 32");
    }

    String newest() {
        return keys.keySet().iterator().next();
    }

    SecretKey find(String id) {
        SecretKey key = keys.get(id);
        if (key == null) {
            throw new PayloadCodecException("a payload is encrypted with key \"" + id + "\", and this process has only "
                    + String.join(", ", keys.keySet()) + "\nhint: add that key at the end of " + VARIABLE
                    + "; old keys stay there as long as runs written with them are kept.");
        }
        return key;
    }

    @Override
    public String toString() {
        return "PayloadKeys" + keys.keySet();
    }
}
