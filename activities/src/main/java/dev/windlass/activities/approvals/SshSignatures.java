package dev.windlass.activities.approvals;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** Whether a signature is this person's, as ssh-keygen sees it. */
final class SshSignatures {
    private final Shell shell;
    private final Supplier<StepContext> steps;

    SshSignatures(Shell shell, Supplier<StepContext> steps) {
        this.shell = shell;
        this.steps = steps;
    }

    boolean isGenuine(Person person, SshPublicKey key, String text, String signature) {
        try {
            Path directory = Files.createTempDirectory(
                    "windlass-signature-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path signers = directory.resolve("allowed_signers");
            Path signed = directory.resolve("signature");
            try {
                Files.writeString(signers, ApprovalCommands.allowedSigner(person, key));
                Files.writeString(signed, signature);
                return shell.run(
                                ApprovalCommands.verify(person.name(), signers.toString(), signed.toString(), text),
                                steps.get())
                        .isSuccess();
            } finally {
                Files.deleteIfExists(signers);
                Files.deleteIfExists(signed);
                Files.delete(directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
