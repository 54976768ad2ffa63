package dev.windlass.activities.sealing;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;

/** What can go wrong with a sealed file, in words. */
final class SealingFailures {
    private SealingFailures() {}

    static ApplicationFailure missing(Path file) {
        return new Failure(
                        FailureType.NOT_FOUND,
                        "there is no file " + file,
                        "look with \"windlass backup show\" which store holds the set",
                        "backup.md#artefact-damaged")
                .asException();
    }

    static ApplicationFailure damaged(Path file, Throwable cause) {
        return new Failure(
                        FailureType.ARTEFACT_DAMAGED,
                        file + " is damaged: " + reason(cause),
                        "fetch the set's copy from another store, and look at the disk that holds this one",
                        "backup.md#artefact-damaged")
                .asException(cause);
    }

    static ApplicationFailure wrongIdentity(Path file, SecretReference identity) {
        return new Failure(
                        FailureType.WRONG_IDENTITY,
                        "the age identity in " + identity + " does not open " + file,
                        "give the identity of one of the recipients that the set's manifest names with --identity;"
                                + " if it is the right one, the file's header is damaged: compare its sha256",
                        "backup.md#wrong-identity")
                .asException();
    }

    static ApplicationFailure noIdentity(SecretReference identity, IllegalArgumentException why) {
        return new Failure(
                        FailureType.WRONG_IDENTITY,
                        identity + " cannot be used as an age identity: " + why.getMessage(),
                        "give a file as age-keygen writes it",
                        "backup.md#wrong-identity")
                .asException();
    }

    static ApplicationFailure badRecipient(String recipient) {
        return new Failure(
                        FailureType.CONFIGURATION,
                        "\"" + recipient + "\" is not an age recipient",
                        "write the public key that age-keygen prints (age1…) under backup.recipients in ops.yml",
                        "backup.md#wrong-identity")
                .asException();
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
