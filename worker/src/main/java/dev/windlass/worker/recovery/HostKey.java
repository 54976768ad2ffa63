package dev.windlass.worker.recovery;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The key by which a machine proves that it is the one that was meant.
 *
 * @param type such as {@code ssh-ed25519}
 * @param blob base64, as in a known_hosts file
 */
record HostKey(String type, String blob) {
    /** The best first. */
    private static final List<String> PREFERRED = List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa");

    /** @param line of ssh-keyscan: {@code [host]:port type blob}; empty for a comment */
    static Optional<HostKey> parse(String line) {
        String[] words = line.strip().split("\\s+");
        return line.startsWith("#") || words.length < 3
                ? Optional.empty()
                : Optional.of(new HostKey(words[1], words[2]));
    }

    /** As ssh-keygen -l shows it. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(blob));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    int rank() {
        int at = PREFERRED.indexOf(type);
        return at < 0 ? PREFERRED.size() : at;
    }
}
