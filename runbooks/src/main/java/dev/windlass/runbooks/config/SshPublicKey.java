package dev.windlass.runbooks.config;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A public key as OpenSSH writes it, without its comment (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"; the blob begins with
 * the type once more: RFC 4253, section 6.6).
 *
 * @param type {@code ssh-ed25519}
 * @param blob in base64
 */
public record SshPublicKey(String type, String blob) {
    /** DSA is left out: OpenSSH has given it up. Certificates name an authority, not a person. */
    static final List<String> TYPES = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private static final int LONGEST = 4_096;

    public SshPublicKey {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("\"" + type + "\" is not a type of SSH key that signs here");
        }
        if (blob.length() > LONGEST || !isBlobOf(type, blob)) {
            throw new IllegalArgumentException("the key after " + type + " is damaged");
        }
    }

    /** The key in a line of {@code *.pub}, {@code authorized_keys} or {@code ssh-add -L}; empty when it is none that signs. */
    public static Optional<SshPublicKey> find(String line) {
        String[] words = line.strip().split("\\s+", 3);
        try {
            return words.length < 2 ? Optional.empty() : Optional.of(new SshPublicKey(words[0], words[1]));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    static String types() {
        return String.join(", ", TYPES);
    }

    /** A chain of fields, each with its length in front, that ends exactly where the blob does. */
    private static boolean isBlobOf(String type, String blob) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(blob));
            if (!field(bytes).equals(type) || !bytes.hasRemaining()) {
                return false;
            }
            while (bytes.hasRemaining()) {
                field(bytes);
            }
            return true;
        } catch (IllegalArgumentException | BufferUnderflowException damaged) {
            return false;
        }
    }

    private static String field(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        bytes.get(field);
        return new String(field, StandardCharsets.ISO_8859_1);
    }

    /** Type and blob: one line, without a comment. */
    @Override
    public String toString() {
        return type + " " + blob;
    }
}
