package dev.windlass.activities.storage;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.StoreName;
import io.temporal.failure.ApplicationFailure;
import org.jspecify.annotations.Nullable;

/** What can go wrong with any store, in words. */
final class StorageFailures {
    static final String UNAVAILABLE = "backup.md#storage-unavailable";
    static final String REFUSED = "backup.md#storage-refused";
    static final String DAMAGED = "backup.md#artefact-damaged";

    private StorageFailures() {}

    static ApplicationFailure notFound(StoreName store, String key) {
        return new Failure(
                        FailureType.NOT_FOUND,
                        "store " + store + " has no object " + key,
                        "look with \"windlass backup show\" which store holds the set",
                        REFUSED)
                .asException();
    }

    static ApplicationFailure taken(StoreName store, String key, String found, String expected) {
        return new Failure(
                        FailureType.ALREADY_EXISTS,
                        "store " + store + " already has another object under " + key + ": " + found + ", not "
                                + expected,
                        "find out who writes there; Windlass never overwrites an object",
                        REFUSED)
                .asException();
    }

    static ApplicationFailure tooLarge(StoreName store, String key, long bytes) {
        return new Failure(
                        FailureType.PRECONDITION,
                        "object " + key + " in store " + store + " has " + bytes
                                + " bytes, too many for a small document",
                        "look at what lies there; it is not what Windlass wrote",
                        DAMAGED)
                .asException();
    }

    /** What arrived or was kept is not what was sent; sending again can help. */
    static ApplicationFailure differs(StoreName store, String key, String found, String expected) {
        return new Failure(
                        FailureType.STORAGE_UNAVAILABLE,
                        "store " + store + " does not have " + key + " as it was sent: " + found + ", not " + expected,
                        "let the step try again; if it stays so, suspect a proxy or the store",
                        UNAVAILABLE)
                .asException();
    }

    static ApplicationFailure damaged(String what, String found, String expected) {
        return new Failure(
                        FailureType.ARTEFACT_DAMAGED,
                        what + " is damaged: its sha256 is " + found + ", not " + expected,
                        "fetch the set's copy from another store, and look at the disk or bucket that holds this one",
                        DAMAGED)
                .asException();
    }

    static ApplicationFailure unavailable(StoreName store, String what, @Nullable Throwable cause) {
        return new Failure(
                        FailureType.STORAGE_UNAVAILABLE,
                        "store " + store + " did not answer: " + what,
                        "look at the store's status page and at this machine's network; the step goes on where it broke off",
                        UNAVAILABLE)
                .asException(cause);
    }

    static ApplicationFailure refused(StoreName store, String what, String hint, @Nullable Throwable cause) {
        return new Failure(FailureType.STORAGE_REFUSED, "store " + store + " refused: " + what, hint, REFUSED)
                .asException(cause);
    }
}
