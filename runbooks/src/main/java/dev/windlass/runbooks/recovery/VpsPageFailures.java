package dev.windlass.runbooks.recovery;

import static dev.windlass.workflows.kernel.FailureType.ARTEFACT_DAMAGED;
import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_FAILED;
import static dev.windlass.workflows.kernel.FailureType.STORAGE_UNAVAILABLE;
import static dev.windlass.workflows.kernel.FailureType.WRONG_IDENTITY;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;
import java.util.stream.Stream;

/** What the recovery of a machine says when it cannot go on, as the code says it; {@code {…}} stands for a value of the run. */
final class VpsPageFailures {
    private VpsPageFailures() {}

    static List<Failure> all() {
        return Stream.of(ofTheBucket(), ofTheMachine(), AppPageFailures.all(), ofTheCluster())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Failure> ofTheBucket() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "there is no proven set in {bucket}; what there is: {notes}",
                        "look whether bucket and prefix of the credential are right; a set that was never proven is"
                                + " taken by its name, with --set",
                        "no-set"),
                failure(
                        NOT_FOUND,
                        "set {set} is not whole in {bucket}: {problems}",
                        "take another one, or leave --set out",
                        "no-set"),
                failure(
                        WRONG_IDENTITY,
                        "the age identity of the credential does not open set {set}, which is for {recipients}",
                        "put the identity of one of those into the credential; age-keygen -y tells which one an"
                                + " identity belongs to",
                        "wrong-identity"),
                failure(
                        ARTEFACT_DAMAGED,
                        "set {set} is damaged: {file} {reason}",
                        "nothing to do: the set before it is taken, unless this one was asked for by its name",
                        "damaged"),
                failure(
                        PRECONDITION,
                        "{person} recovers from this bucket onto {machine} since {time}, because: {reason}",
                        "speak with them; when that recovery is given up or its laptop is lost, add --take-over",
                        "claimed"),
                failure(
                        PRECONDITION,
                        "{person} has taken this recovery over at {time}",
                        "leave the machine to them",
                        "claimed"),
                failure(
                        PRECONDITION,
                        "{person} has recovered what this bucket holds onto {machine} at {time}, so this machine writes nothing"
                                + " into it",
                        "if that one is in the place of this one, switch this one off; if that was a rehearsal, or that one is gone, type here:"
                                + " {command}",
                        "the-lost-machine-is-back"),
                failure(
                        PRECONDITION,
                        "the claim {key} cannot be read",
                        "a newer Windlass may have written it: use that one, or add --take-over when nobody recovers",
                        "claimed"));
    }

    private static List<Failure> ofTheMachine() {
        return List.of(
                failure(
                        PRECONDITION,
                        "the new machine is not bare: {what there is}",
                        "take a fresh machine; where this is a server that nobody needs any more, remove it and its"
                                + " data there, then say the same words again",
                        "not-bare"),
                failure(
                        PRECONDITION,
                        "the server of this machine is not the recovery's own: there is no {mark}",
                        "see who has opened it, and take a fresh machine",
                        "not-bare"),
                failure(
                        PRECONDITION,
                        "the new machine runs {system}, and only Debian and Ubuntu are known",
                        "take a machine with Debian or Ubuntu, or restore by hand, see the page",
                        "other-system"),
                failure(
                        PRECONDITION,
                        "the set needs {bytes} on the new machine, and {bytes} are free",
                        "take a machine with a larger disk; nothing was changed on this one",
                        "too-small"),
                failure(
                        PRECONDITION,
                        "the new machine cannot make the locale {names}, which databases of the set sort by",
                        "take the system that the lost machine had",
                        "locale"),
                failure(
                        PRECONDITION,
                        "databases {one} and {other} of the set are both called {name} on their servers",
                        "restore one of them by hand on a machine of its own, see the page",
                        "same-name"),
                failure(
                        ARTEFACT_DAMAGED,
                        "the dump of {database} does not tell the name of its database in a form that can be restored",
                        "restore it by hand, see the page",
                        "no-name"),
                failure(
                        COMMAND_FAILED,
                        "{program} ended with exit code {code}: {its last words}",
                        "read its words above, then say the same words again",
                        "command-failed"));
    }

    private static List<Failure> ofTheCluster() {
        return List.of(
                failure(
                        PRECONDITION,
                        "no WAL can be replayed up to a moment: {reason}",
                        "leave --to out: then the databases come from the set",
                        "cluster"),
                failure(
                        NOT_FOUND,
                        "stanza {stanza} has no backup from before {moment}",
                        "name a later moment, or leave --to out",
                        "cluster"),
                failure(
                        NOT_FOUND,
                        "stanza {stanza} has no backup",
                        "nothing to do: the databases come from the set",
                        "cluster"),
                failure(
                        NOT_FOUND,
                        "every backup of stanza {stanza} that could serve has damaged pages: {labels}",
                        "nothing to do: the databases come from the set, unless --to was said; then leave it out",
                        "cluster"),
                failure(
                        ARTEFACT_DAMAGED,
                        "no backup of stanza {stanza} can be restored: {label: words of pgBackRest}",
                        "nothing to do: the databases come from the set, unless --to was said; then leave it out",
                        "cluster"),
                failure(
                        ARTEFACT_DAMAGED,
                        "{the WAL ends early}; its last commit is of {time}, and the set of {time} is younger",
                        "nothing to do: the databases come from the set",
                        "cluster"),
                failure(
                        PRECONDITION,
                        "the cluster needs {bytes} on the new machine with its WAL, and {bytes} are free",
                        "take a machine with a larger disk",
                        "too-small"),
                failure(
                        RESTORE_FAILED,
                        "the WAL of cluster {cluster} ends before {moment}",
                        "name an earlier moment, or leave --to out: then all that was archived is replayed",
                        "cluster"),
                failure(
                        STORAGE_UNAVAILABLE,
                        "the server of cluster {cluster} cannot fetch its WAL: {its last words}",
                        "nothing to do: it is tried again for some minutes, and then the databases come from the set,"
                                + " unless --to was said",
                        "cluster"),
                failure(
                        RESTORE_FAILED,
                        "the server of cluster {cluster} does not replay its WAL: {its last words}",
                        "nothing to do: the databases come from the set, unless --to was said",
                        "cluster"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "recover-vps.md#" + place);
    }
}
