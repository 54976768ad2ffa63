package dev.windlass.activities.sealing;

import dev.windlass.activities.shell.Secrets;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Keys and bytes for the tests of this package. */
final class Samples {
    static final SecretReference OURS = new SecretReference("env:OURS");
    static final SecretReference SECOND = new SecretReference("env:SECOND");
    static final SecretReference STRANGER = new SecretReference("env:STRANGER");
    static final SecretReference NONSENSE = new SecretReference("env:NONSENSE");

    private static final AgeIdentity OUR_IDENTITY = AgeIdentity.generate();
    private static final AgeIdentity SECOND_IDENTITY = AgeIdentity.generate();
    private static final AgeIdentity STRANGE_IDENTITY = AgeIdentity.generate();

    static final List<String> RECIPIENTS = List.of(SECOND_IDENTITY.recipient(), OUR_IDENTITY.recipient());

    static final Secrets SECRETS = reference -> switch (reference.value()) {
        case "env:OURS" -> OUR_IDENTITY.keyFile();
        case "env:SECOND" -> SECOND_IDENTITY.keyFile();
        case "env:STRANGER" -> STRANGE_IDENTITY.keyFile();
        default -> "hunter2";
    };

    private Samples() {}

    /** Bytes that zstd cannot make smaller. */
    static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static SealedReceipt seal(Path file, byte[] plain) throws IOException {
        try (SealedFiles.Draft draft = new AgeSealedFiles(SECRETS).begin(channel(file))) {
            draft.write(plain, 0, plain.length);
            return draft.commit();
        }
    }

    static byte[] open(Path file, SecretReference identity) throws IOException {
        try (InputStream in = new AgeSealedFiles(SECRETS).open(new Channel.OpenedFile(file.toString(), identity))) {
            return in.readAllBytes();
        }
    }

    static Channel.SealedFile channel(Path file) {
        return new Channel.SealedFile(file.toString(), 3, RECIPIENTS);
    }
}
