package dev.windlass.worker.fault;

import java.util.Locale;

/** Where a deploy is held still, and then somebody is killed. */
enum DeployMoment {
    /** tar unpacks. */
    PREPARE,
    /** supervisorctl is about to make the service known, which starts it. */
    START,
    /** The service runs; the step has not said so. */
    STARTED,
    /** The new version is not healthy yet. */
    HEALTH,
    /** The file for nginx is being written. */
    SWITCH,
    /** nginx sends traffic to the new version already; the step has not said so. */
    SWITCHED,
    /** A connection to the old version stays. */
    DRAIN,
    WATCH,
    /** supervisorctl is about to stop the old version. */
    RETIRE,
    /** The version never becomes healthy; supervisorctl is about to stop it. */
    UNDO_START,
    /** The version becomes ill in use; the file for nginx is being written back. */
    UNDO_SWITCH;

    boolean endsWithTheOld() {
        return this == UNDO_START || this == UNDO_SWITCH;
    }

    /** Whether a command runs then. */
    boolean hasCommand() {
        return this != HEALTH && this != SWITCHED && this != WATCH;
    }

    /** What is on the disk already is not unpacked. */
    boolean isOfRollback() {
        return this != PREPARE;
    }

    String app() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
