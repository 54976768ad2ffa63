package dev.windlass.activities.sealing;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** The private half of an age X25519 key pair. Its text form is never printed. */
final class AgeIdentity {
    private static final String START = "AGE-SECRET-KEY-1";

    private final String encoded;

    private AgeIdentity(String encoded) {
        this.encoded = encoded;
    }

    static AgeIdentity generate() {
        try {
            return new AgeIdentity(
                    text(new X25519KeyPairGenerator().generateKeyPair().getPrivate()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java platform has no X25519", missing);
        }
    }

    /**
     * Reads what age-keygen writes: one identity a line, {@code #} begins a comment.
     *
     * @throws IllegalArgumentException when there is none, or a line is something else; the text is not repeated
     */
    static List<AgeIdentity> parse(String keyFile) {
        List<AgeIdentity> found = new ArrayList<>();
        for (String line : keyFile.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(START)) {
                throw new IllegalArgumentException("it holds a line that is not an age identity (" + START + "…)");
            }
            AgeIdentity identity = new AgeIdentity(line);
            identity.reader();
            found.add(identity);
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("it holds no age identity (" + START + "…)");
        }
        return found;
    }

    /** {@code age1…}. */
    String recipient() {
        try {
            Key secret = new SecretKeySpec(encoded.getBytes(StandardCharsets.US_ASCII), "X25519");
            return text(new X25519KeyFactory().translateKey(secret));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("it holds a damaged age identity", unreadable);
        }
    }

    RecipientStanzaReader reader() {
        try {
            return X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(encoded);
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // The cause may quote the key.
            throw new IllegalArgumentException("it holds a damaged age identity");
        }
    }

    /** What age-keygen would write, for a file that only its owner can read. */
    String keyFile() {
        return "# public key: " + recipient() + "\n" + encoded + "\n";
    }

    @Override
    public String toString() {
        return "identity of " + recipient();
    }

    private static String text(Key key) {
        return new String(key.getEncoded(), StandardCharsets.US_ASCII).strip();
    }
}
