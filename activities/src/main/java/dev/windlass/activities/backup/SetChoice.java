package dev.windlass.activities.backup;

import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.Catalogue.Entry;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.RestoreTestRequest;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.StoreName;
import java.util.List;
import java.util.Optional;

/** Turns the open ends of a request (which set, from where, with which key) into one answer, or says what is missing. */
public final class SetChoice {
    private final BackupParts parts;

    public SetChoice(BackupParts parts) {
        this.parts = parts;
    }

    Entry forTest(RestoreTestRequest request, Catalogue catalogue) {
        return request.set()
                .map(set -> named(set, catalogue))
                .or(catalogue::newestProven)
                .orElseThrow(() -> new Failure(
                                FailureType.NOT_FOUND,
                                "no store has a proven set, so there is none to test",
                                "run `windlass backup run --wait` first; `windlass backup list` shows what there is.",
                                "restore-test.md#no-set")
                        .asException());
    }

    public Entry named(SetId set, Catalogue catalogue) {
        return catalogue
                .find(set)
                .filter(entry -> entry.manifest().isPresent())
                .orElseThrow(() -> new Failure(
                                FailureType.NOT_FOUND,
                                "no store has a whole set " + set,
                                "take one of `windlass backup list`.",
                                "restore.md#no-set")
                        .asException());
    }

    public Manifest manifest(Entry entry) {
        return entry.manifest().orElseThrow();
    }

    /** The remote copy where it is whole, since that is the one that must be good when this machine is gone. */
    public StoreName source(Entry entry, Optional<StoreName> wanted) {
        List<StoreName> whole = entry.stores();
        Optional<StoreName> found = wanted.isPresent()
                ? wanted.filter(whole::contains)
                : parts.operations()
                        .backup()
                        .remote()
                        .filter(whole::contains)
                        .or(() -> whole.stream().findFirst());
        return found.orElseThrow(() -> new Failure(
                        FailureType.NOT_FOUND,
                        "set " + entry.set() + " is not whole in "
                                + wanted.map(store -> "store " + store).orElse("any store")
                                + (whole.isEmpty() ? "" : ", it is in " + whole),
                        "`windlass backup show " + entry.set() + "` lists what each store lacks.",
                        "restore.md#no-set")
                .asException());
    }

    /** Only the newest proven set opens with a key on this machine. */
    public void requireIdentity(SetId set, Optional<SecretReference> identity) {
        if (identity.isEmpty() && !parts.identities().has(set)) {
            throw new Failure(
                            FailureType.SECRET_MISSING,
                            "set " + set + " opens with the recovery identity only: its own was destroyed when a newer"
                                    + " set was proven",
                            "copy the recovery identity to this machine for the time of the run, such as to"
                                    + " /run/windlass/recovery.agekey with mode 0600, and add --identity"
                                    + " file:/run/windlass/recovery.agekey.",
                            "restore.md#older-sets")
                    .asException();
        }
    }

    ArchiveSummary archive(Manifest manifest, ArchiveName wanted) {
        return manifest.archives().stream()
                .filter(summary -> summary.archive().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new Failure(
                                FailureType.NOT_FOUND,
                                "set " + manifest.set() + " holds no files " + wanted,
                                "`windlass backup show " + manifest.set() + "` lists what it holds.",
                                "restore-files.md#no-files")
                        .asException());
    }

    DatabaseName database(Manifest manifest, Optional<DatabaseName> wanted) {
        List<DatabaseName> held =
                manifest.databases().stream().map(DatabaseSummary::database).toList();
        if (wanted.isEmpty() && held.size() == 1) {
            return held.getFirst();
        }
        return wanted.filter(held::contains)
                .orElseThrow(() -> new Failure(
                                FailureType.CONFIGURATION,
                                "set " + manifest.set() + " holds " + held
                                        + wanted.map(name -> ", not " + name).orElse(", which of them is not said"),
                                "add --database with one of these names.",
                                "restore.md#configuration")
                        .asException());
    }
}
