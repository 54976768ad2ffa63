package dev.windlass.activities.recovery;

import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.recovery.Claim;
import dev.windlass.workflows.recovery.LostApp;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the recovery of a machine says when it cannot go on. */
final class VpsFailures {
    static final String HINT = "read its words above, then say the same words again";
    static final String COMMAND = "recover-vps.md#command-failed";

    private VpsFailures() {}

    static ApplicationFailure noSet(String bucket, List<String> notes) {
        return failure(
                FailureType.NOT_FOUND,
                "there is no proven set in " + bucket
                        + (notes.isEmpty() ? "" : "; what there is: " + String.join("; ", notes)),
                "look whether bucket and prefix of the credential are right; a set that was never proven is taken by"
                        + " its name, with --set",
                "no-set");
    }

    static ApplicationFailure notWhole(SetId set, String bucket, List<String> problems) {
        return failure(
                FailureType.NOT_FOUND,
                "set " + set + " is not whole in " + bucket
                        + (problems.isEmpty() ? "" : ": " + String.join("; ", problems)),
                "take another one, or leave --set out",
                "no-set");
    }

    static ApplicationFailure wrongIdentity(SetId set, List<String> recipients) {
        return failure(
                FailureType.WRONG_IDENTITY,
                "the age identity of the credential does not open set " + set + ", which is for "
                        + String.join(", ", recipients),
                "put the identity of one of those into the credential; age-keygen -y tells which one an identity"
                        + " belongs to",
                "wrong-identity");
    }

    static ApplicationFailure damaged(SetId set, String key, String why) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                "set " + set + " is damaged: " + key + " " + why,
                "nothing to do: the set before it is taken, unless this one was asked for by its name",
                "damaged");
    }

    static ApplicationFailure claimed(Claim other) {
        return failure(
                FailureType.PRECONDITION,
                other.person() + " recovers from this bucket onto " + other.target() + " since " + other.at()
                        + ", because: " + other.reason(),
                "speak with them; when that recovery is given up or its laptop is lost, add --take-over",
                "claimed");
    }

    static ApplicationFailure takenOver(Claim other) {
        return failure(
                FailureType.PRECONDITION,
                other.person() + " has taken this recovery over at " + other.at(),
                "leave the machine to them",
                "claimed");
    }

    static ApplicationFailure unreadableClaim(String key) {
        return failure(
                FailureType.PRECONDITION,
                "the claim " + key + " cannot be read",
                "a newer Windlass may have written it: use that one, or add --take-over when nobody recovers",
                "claimed");
    }

    /** @param lift what a person types here when this machine goes on after all */
    static Failure recoveredElsewhere(Claim claim, String lift) {
        return new Failure(
                FailureType.PRECONDITION,
                claim.person() + " has recovered what this bucket holds onto " + claim.target() + " at " + claim.at()
                        + ", so this machine writes nothing into it",
                "if that one is in the place of this one, switch this one off; if that was a rehearsal, or that one is gone, type here: "
                        + lift,
                "recover-vps.md#the-lost-machine-is-back");
    }

    static ApplicationFailure notBare(List<String> found) {
        return failure(
                FailureType.PRECONDITION,
                "the new machine is not bare: " + String.join("; ", found),
                "take a fresh machine; where this is a server that nobody needs any more, remove it and its data"
                        + " there, then say the same words again",
                "not-bare");
    }

    static ApplicationFailure otherSystem(String system) {
        return failure(
                FailureType.PRECONDITION,
                "the new machine runs " + system + ", and only Debian and Ubuntu are known",
                "take a machine with Debian or Ubuntu, or restore by hand, see the page",
                "other-system");
    }

    static ApplicationFailure tooSmall(long needed, long free) {
        return failure(
                FailureType.PRECONDITION,
                "the set needs " + Quantities.bytes(needed) + " on the new machine, and " + Quantities.bytes(free)
                        + " are free",
                "take a machine with a larger disk; nothing was changed on this one",
                "too-small");
    }

    static ApplicationFailure noMark(String mark) {
        return failure(
                FailureType.PRECONDITION,
                "the server of this machine is not the recovery's own: there is no " + mark,
                "see who has opened it, and take a fresh machine",
                "not-bare");
    }

    static ApplicationFailure unknownLocale(List<String> locales) {
        return failure(
                FailureType.PRECONDITION,
                "the new machine cannot make the locale " + String.join(", ", locales) + ", which databases of the"
                        + " set sort by",
                "take the system that the lost machine had",
                "locale");
    }

    static ApplicationFailure sameName(String name, String one, DatabaseName other) {
        return failure(
                FailureType.PRECONDITION,
                "databases " + one + " and " + other + " of the set are both called " + name + " on their servers",
                "restore one of them by hand on a machine of its own, see the page",
                "same-name");
    }

    static ApplicationFailure nginxRefuses(String words) {
        return failure(
                FailureType.PRECONDITION,
                "nginx refuses the configuration that came back: " + words,
                "install the module or the file that it names, then: nginx -t && systemctl restart nginx",
                "nginx");
    }

    static ApplicationFailure appNeeds(LostApp app, List<String> missing) {
        return failure(
                FailureType.PRECONDITION,
                app.words() + " was not started: this machine does not have " + String.join(", ", missing),
                "put it there (a file with secrets: owner root, mode 0600), then: " + app.deployment(),
                "app-does-not-serve");
    }

    static ApplicationFailure doesNotServe(LostApp app, String reason) {
        return failure(
                FailureType.TARGET_UNAVAILABLE,
                app.words() + " does not serve: " + reason,
                "see what it says, then: " + app.deployment(),
                "app-does-not-serve");
    }

    static ApplicationFailure workerNeeds(List<String> missing) {
        return failure(
                FailureType.PRECONDITION,
                "the worker was not started: this machine does not have " + String.join(", ", missing),
                "put variables into /etc/windlass/worker.env and files to their places (owner root, mode 0600), then:"
                        + " systemctl enable --now windlass-worker",
                "windlass-does-not-run");
    }

    static ApplicationFailure doesNotAnswer(String unit, String reason) {
        return failure(
                FailureType.TARGET_UNAVAILABLE,
                unit + " does not answer: " + reason,
                "see what it says: journalctl -u " + unit,
                "windlass-does-not-run");
    }

    static ApplicationFailure opsFileChanged(String file) {
        return failure(
                FailureType.PRECONDITION,
                file + " is not the one that came back with the set",
                "put it back, then deploy the apps one by one",
                "app-does-not-serve");
    }

    static ApplicationFailure noPhysicalBackup(String stanza, Optional<Instant> to) {
        return failure(
                FailureType.NOT_FOUND,
                "stanza " + stanza + " has no backup"
                        + to.map(moment -> " from before " + moment).orElse(""),
                to.isPresent()
                        ? "name a later moment, or leave --to out"
                        : "nothing to do: the databases come from the set",
                "cluster");
    }

    static ApplicationFailure onlyDamagedBackups(String stanza, String labels) {
        return failure(
                FailureType.NOT_FOUND,
                "every backup of stanza " + stanza + " that could serve has damaged pages: " + labels,
                "nothing to do: the databases come from the set, unless --to was said; then leave it out",
                "cluster");
    }

    static ApplicationFailure noBackupRestores(String stanza, String why) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                "no backup of stanza " + stanza + " can be restored: " + why,
                "nothing to do: the databases come from the set, unless --to was said; then leave it out",
                "cluster");
    }

    /** @param early of the cluster, a whole sentence */
    static ApplicationFailure walOlderThanSet(String early, Instant until, Instant set) {
        return failure(
                FailureType.ARTEFACT_DAMAGED,
                early + "; its last commit is of " + until + ", and the set of " + set + " is younger",
                "nothing to do: the databases come from the set",
                "cluster");
    }

    static ApplicationFailure noClusterToReplay(String why) {
        return failure(
                FailureType.PRECONDITION,
                "no WAL can be replayed up to a moment: " + why,
                "leave --to out: then the databases come from the set",
                "cluster");
    }

    static ApplicationFailure noRoomForCluster(long needed, long free) {
        return failure(
                FailureType.PRECONDITION,
                "the cluster needs " + Quantities.bytes(needed) + " on the new machine with its WAL, and "
                        + Quantities.bytes(free) + " are free",
                "take a machine with a larger disk",
                "too-small");
    }

    static ApplicationFailure replayEnded(ClusterName cluster, String until) {
        return failure(
                FailureType.RESTORE_FAILED,
                "the WAL of cluster " + cluster + " ends before " + until,
                "name an earlier moment, or leave --to out: then all that was archived is replayed",
                "cluster");
    }

    static ApplicationFailure walNotFetched(ClusterName cluster, String words) {
        return failure(
                FailureType.STORAGE_UNAVAILABLE,
                "the server of cluster " + cluster + " cannot fetch its WAL: " + words,
                "nothing to do: it is tried again for some minutes, and then the databases come from the set, unless --to"
                        + " was said",
                "cluster");
    }

    /** The next attempt may find it otherwise. */
    static ApplicationFailure ended(String words) {
        return new Failure(FailureType.COMMAND_FAILED, "postgres ended with exit code 1: " + words, HINT, COMMAND)
                .asException();
    }

    static ApplicationFailure notReplayed(ClusterName cluster, String words) {
        return failure(
                FailureType.RESTORE_FAILED,
                "the server of cluster " + cluster + " does not replay its WAL: " + words,
                "nothing to do: the databases come from the set, unless --to was said",
                "cluster");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "recover-vps.md#" + place).asException();
    }
}
