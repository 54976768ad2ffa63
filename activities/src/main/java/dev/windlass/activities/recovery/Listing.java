package dev.windlass.activities.recovery;

import dev.windlass.activities.files.FileFacts;
import dev.windlass.activities.files.FileReading;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** All that files are, in one hash: content, owners, modes, times. */
final class Listing implements FileReading.Sink {
    private final MessageDigest digest;

    Listing() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    @Override
    public void take(FileFacts facts) {
        // A directory's time changes with what is put beside or into it.
        Object time = facts.kind() == FileFacts.Kind.FILE ? facts.modified() : "";
        String line = String.join(
                "\0",
                facts.path(),
                facts.kind().name(),
                facts.mode(),
                facts.owner(),
                facts.group(),
                facts.content(),
                time.toString());
        digest.update((line + "\0\0").getBytes(StandardCharsets.UTF_8));
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
