package dev.windlass.runbooks.backup;

import static dev.windlass.workflows.kernel.FailureType.ALREADY_EXISTS;
import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DISK_FULL;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_DIFFERS;
import static dev.windlass.workflows.kernel.FailureType.SECRET_MISSING;

import dev.windlass.workflows.kernel.Failure;
import java.util.List;

/** As {@link PageFailures}, for what a restore or a restore test says before it begins. */
final class RestorePageFailures {
    private RestorePageFailures() {}

    static List<Failure> ofChoosing() {
        return List.of(
                new Failure(
                        NOT_FOUND,
                        "no store has a whole set {set}",
                        "take one of `windlass backup list`.",
                        "restore.md#no-set"),
                new Failure(
                        NOT_FOUND,
                        "set {set} is not whole in {store}",
                        "`windlass backup show {set}` lists what each store lacks.",
                        "restore.md#no-set"),
                new Failure(
                        SECRET_MISSING,
                        "set {set} opens with the recovery identity only: its own was destroyed when a newer set was"
                                + " proven",
                        "copy the recovery identity to this machine for the time of the run, such as to"
                                + " /run/windlass/recovery.agekey with mode 0600, and add --identity"
                                + " file:/run/windlass/recovery.agekey.",
                        "restore.md#older-sets"));
    }

    static List<Failure> ofRestores() {
        return List.of(
                new Failure(
                        CONFIGURATION,
                        "set {set} holds {databases}, which of them is not said",
                        "add --database with one of these names.",
                        "restore.md#configuration"),
                new Failure(
                        ALREADY_EXISTS,
                        "the server at {host}:{port} has a database {name} already",
                        "restore into another name; a restore never overwrites.",
                        "restore.md#already-exists"),
                new Failure(
                        COMMAND_FAILED,
                        "{program} ended with exit code {code}: {last words}",
                        "make room or correct the permissions of the directory above.",
                        "restore.md#scratch-failed"),
                new Failure(
                        RESTORE_DIFFERS,
                        "database {name} is made from set {set}, but differs from what was dumped, {count} differences:"
                                + " {differences}",
                        "look at the new database before anything uses it, and restore another set beside it.",
                        "restore.md#restore-differs"));
    }

    static List<Failure> ofFiles() {
        return List.of(
                new Failure(
                        NOT_FOUND,
                        "set {set} holds no files {name}",
                        "`windlass backup show {set}` lists what it holds.",
                        "restore-files.md#no-files"),
                new Failure(
                        CONFIGURATION,
                        "{into} is not an absolute path that can be used here",
                        "write it in full: below /, without //, ., .. and braces.",
                        "restore-files.md#configuration"),
                new Failure(
                        NOT_FOUND,
                        "there is no directory {parent} to make {into} in",
                        "make it first, or choose another place.",
                        "restore-files.md#configuration"),
                new Failure(
                        ALREADY_EXISTS,
                        "{into} is there already",
                        "restore into another place; a restore never overwrites.",
                        "restore-files.md#already-exists"),
                new Failure(
                        DISK_FULL,
                        "the files need {needed} at {into}, {free} are free",
                        "make room, or choose a place on another file system.",
                        "restore-files.md#disk-full"),
                new Failure(
                        RESTORE_DIFFERS,
                        "{into} is made from set {set}, but differs from what was archived, {count} differences:"
                                + " {differences}",
                        "look at the new directory before anything uses it, and restore another set beside it.",
                        "restore-files.md#restore-differs"));
    }

    static List<Failure> ofTests() {
        return List.of(new Failure(
                NOT_FOUND,
                "no store has a proven set, so there is none to test",
                "run `windlass backup run --wait` first; `windlass backup list` shows what there is.",
                "restore-test.md#no-set"));
    }
}
