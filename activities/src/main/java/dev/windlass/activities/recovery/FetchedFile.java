package dev.windlass.activities.recovery;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** A file of a set on this machine. */
record FetchedFile(Path file) {
    private static final int BLOCK = 1 << 18;

    /** Whether it is what the manifest says, to the last byte. */
    boolean isWhole(Artefact artefact, StepContext context) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == artefact.bytes()
                && sha256(artefact, context).equals(artefact.sha256());
    }

    private String sha256(Artefact artefact, StepContext context) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            long done = 0;
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
                done += length;
                context.pulse()
                        .beat(new Progress(
                                "compare", done, Optional.of(artefact.bytes()), "bytes", artefact.subject()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
