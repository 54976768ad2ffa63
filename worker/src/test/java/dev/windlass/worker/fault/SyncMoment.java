package dev.windlass.worker.fault;

/** When somebody is killed: something waits there for a lock of the test, or is met in the middle. */
enum SyncMoment {
    /** The masks are tried on production. */
    PLAN,
    /** The question is asked. */
    APPROVAL,
    /** The moment of production is held, and the server of staging is about to make the new database: no other run gets there then. */
    CREATE,
    /** Rows were read, and none is written yet. */
    EARLY,
    /** In the middle of the larger table. */
    MID,
    /** In the middle of another table. */
    SECOND,
    /** All rows are there; a materialized view is being filled. */
    POST_DATA,
    /** The copy is read once more. Not held: there is enough of it to be met at it. */
    SCAN,
    /** Staging is closed, and the change of the names waits. */
    SWAP,
    /** The names have changed, and whoever has changed them does not know. */
    AFTER,
    /** Staging is the copy, and is asked whether it works. */
    SMOKE,
    /** It does not; staging is closed, and the change of the names back waits. */
    BACK,
    /** What an earlier run has replaced is about to be dropped. */
    CLEAR;

    /** What the next attempt ends before it begins anew. */
    boolean isEndedByTheNextAttempt() {
        return this == CREATE
                || this == EARLY
                || this == MID
                || this == SECOND
                || this == POST_DATA
                || this == SWAP
                || this == SMOKE
                || this == BACK;
    }

    /** Staging takes nobody in then. */
    boolean isClosed() {
        return this == SWAP || this == AFTER || this == BACK;
    }

    boolean hasSwapped() {
        return this == AFTER || this == SMOKE || this == BACK || this == CLEAR;
    }
}
