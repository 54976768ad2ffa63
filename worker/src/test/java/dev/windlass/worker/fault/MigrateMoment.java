package dev.windlass.worker.fault;

import dev.windlass.runbooks.config.Migrations.Tool;

/** When somebody is killed in a migration: something waits there for a lock of the test. */
enum MigrateMoment {
    /** Last night's data is on its way into the scratch cluster. Not held: there is enough data to be caught at it. */
    REHEARSAL(""),
    /** In the middle of its transaction. */
    FIRST("SELECT pg_advisory_lock(%d)"),
    /** Outside a transaction: its row is there, and its index is being built. Killed there it is half-applied. */
    SECOND("LOCK TABLE app.items IN ROW EXCLUSIVE MODE"),
    THIRD("SELECT pg_advisory_lock(%d)"),
    /** Something has stopped the migration, and the first goes down. */
    UNDO("SELECT pg_advisory_lock(%d)"),
    /** Nothing is left to do, and pg_dump reads the schema to see that this is so. */
    AFTER("LOCK TABLE app.gate IN ACCESS EXCLUSIVE MODE");

    private final String lock;

    MigrateMoment(String lock) {
        this.lock = lock;
    }

    boolean isHeld() {
        return !lock.isEmpty();
    }

    /** The statement that takes what the migration waits for. */
    String lock() {
        return lock.formatted(key());
    }

    boolean isOfTransaction() {
        return lock.startsWith("LOCK ");
    }

    /** Whether its lock is in nobody's way before. */
    boolean canBeHeldEarly() {
        return this != AFTER;
    }

    /** Of the advisory lock for which a file waits; the rehearsal never does. */
    int key() {
        return 4200 + ordinal();
    }

    /** What runs then, as the kernel calls it. Of Prisma once what was called, and then what that has called. */
    String program(Tool tool) {
        return switch (this) {
            case REHEARSAL -> "pg_restore";
            case UNDO -> "psql";
            case AFTER -> "pg_dump";
            case FIRST, SECOND, THIRD ->
                switch (tool) {
                    case SQL -> "psql";
                    case PRISMA -> this == FIRST ? MigrationTools.PRISMA_PARENT : "node";
                    case FLYWAY -> "java";
                };
        };
    }

    /** Whether the next attempt must end the session that waited, or it would go on when it gets its lock. */
    boolean isChanging() {
        return switch (this) {
            case FIRST, SECOND, THIRD, UNDO -> true;
            case REHEARSAL, AFTER -> false;
        };
    }
}
