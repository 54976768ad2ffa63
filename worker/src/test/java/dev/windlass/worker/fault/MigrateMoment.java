package dev.windlass.worker.fault;

import java.util.List;

/** When somebody is killed in a migration. The migration itself waits for a lock of the test there. */
enum MigrateMoment {
    /** Last night's data is on its way into the scratch cluster. */
    REHEARSAL("pg_restore"),
    FIRST("psql"),
    /** Runs statement by statement: killed there it is half-applied. */
    SECOND("psql"),
    THIRD("psql"),
    /** The third has failed, and the first goes down. */
    UNDO("psql"),
    /** Applied and verified; Slack keeps the message waiting. */
    AFTER("");

    private final String program;

    MigrateMoment(String program) {
        this.program = program;
    }

    boolean hasProgram() {
        return !program.isEmpty();
    }

    String program() {
        return program;
    }

    /** The key of the advisory lock that the migration's file waits for; the rehearsal never does. */
    int key() {
        return 4200 + ordinal();
    }

    /** Whether the database must be as before in the end, whoever was killed. */
    boolean endsWithTheOld() {
        return this == UNDO;
    }

    static List<MigrateMoment> held() {
        return List.of(FIRST, SECOND, THIRD, UNDO);
    }
}
