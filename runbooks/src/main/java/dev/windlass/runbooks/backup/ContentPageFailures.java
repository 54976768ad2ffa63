package dev.windlass.runbooks.backup;

import static dev.windlass.workflows.kernel.FailureType.COMMAND_FAILED;
import static dev.windlass.workflows.kernel.FailureType.CONFIGURATION;
import static dev.windlass.workflows.kernel.FailureType.DATABASE_UNREACHABLE;
import static dev.windlass.workflows.kernel.FailureType.NOT_FOUND;
import static dev.windlass.workflows.kernel.FailureType.PRECONDITION;
import static dev.windlass.workflows.kernel.FailureType.RESTORE_FAILED;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import java.util.List;

/** What {@link PageFailures} says of that which a set holds beside databases. */
final class ContentPageFailures {
    private ContentPageFailures() {}

    static List<Failure> ofFilesAndRedis() {
        return List.of(
                failure(
                        NOT_FOUND,
                        "{path} of backup.files.{archive} is not there",
                        "mount or make it, or take it out of ops.yml and restart the worker: a backup never leaves out"
                                + " silently what it was told to hold.",
                        "files"),
                failure(
                        NOT_FOUND,
                        "{path}, which every set holds, is not there",
                        "put back the file that was there, never a new one: windlass backup restore-files SET windlass"
                                + " --into DIRECTORY has it; or correct its path in ops.yml and restart the worker.",
                        "files"),
                failure(
                        CONFIGURATION,
                        "{path} of backup.files.{archive} is a symbolic link, and an archive holds links, not what they"
                                + " point to",
                        "write the path it points to into ops.yml, and restart the worker.",
                        "files"),
                failure(
                        CONFIGURATION,
                        "the name of {file} cannot be read by this worker, whose character set is {charset}",
                        "start the worker with LC_ALL=C.UTF-8; where it has that already, the name is not UTF-8: rename the"
                                + " file, or leave it out by exclude.",
                        "files"),
                failure(
                        COMMAND_FAILED,
                        "files of {archive} cannot be read: {reason}",
                        "let the worker's user read them and look at that disk, or leave them out by exclude; the step tries"
                                + " again by itself.",
                        "files"),
                failure(
                        COMMAND_FAILED,
                        "tar was killed while it unpacked {archive}: {summary}",
                        "nothing to do unless it happens again: then look for a lack of memory.",
                        "files"),
                failure(
                        COMMAND_FAILED,
                        "the archive of {archive} broke off: {summary}",
                        "read the last words of tar above; nothing of this run is kept, and the last proven set is"
                                + " untouched.",
                        "files"),
                failure(
                        RESTORE_FAILED,
                        "the files of {archive} do not unpack: {summary}",
                        "keep the older proven set; read the last words of tar above.",
                        "files"),
                failure(
                        CONFIGURATION,
                        "Redis {name} does not let us take a snapshot: {summary}",
                        "correct user and password of backup.redis.{name}; a user needs the commands INFO, SYNC, PSYNC and"
                                + " REPLCONF.",
                        "redis"),
                failure(
                        DATABASE_UNREACHABLE,
                        "Redis {name} cannot be reached: {summary}",
                        "start it, or correct host and port of backup.redis.{name}; the step tries again by itself.",
                        "redis"),
                failure(
                        COMMAND_FAILED,
                        "the snapshot of Redis {name} broke off: {summary}",
                        "read the last words of redis-cli above; nothing of this run is kept, and the last proven set is"
                                + " untouched.",
                        "redis"),
                failure(
                        PRECONDITION,
                        "loading the snapshot of {name} takes up to {needed} of memory, {free} are free",
                        "free memory on this machine, then run `windlass backup verify {set} --wait`: the set is whole and committed,"
                                + " it is only not proven.",
                        "redis"),
                failure(
                        RESTORE_FAILED,
                        "the snapshot of {name} is not whole: {reason}",
                        "keep the older proven set, and run `windlass backup run` again.",
                        "redis"),
                failure(
                        COMMAND_FAILED,
                        "the snapshot of {name} could not be loaded: {summary}",
                        "look at the scratch directory and at this machine's memory; the step tries again by itself.",
                        "redis"),
                failure(
                        RESTORE_FAILED,
                        "the throw-away Redis server in {directory} ended while it loaded the snapshot of {name}: {reason}",
                        "see that redis-server here is not older than the server of the snapshot, and that there is memory"
                                + " for its data.",
                        "redis"));
    }

    private static Failure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "backup.md#" + place);
    }
}
