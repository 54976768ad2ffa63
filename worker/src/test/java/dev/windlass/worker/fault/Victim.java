package dev.windlass.worker.fault;

import java.io.IOException;

/** Who is killed. */
enum Victim {
    WORKER {
        @Override
        void kill(Rig rig, Moment moment, String workflowId) {
            rig.worker.kill();
        }

        @Override
        void bringBack(Rig rig) throws IOException {
            rig.worker.start();
        }
    },
    TEMPORAL {
        @Override
        void kill(Rig rig, Moment moment, String workflowId) {
            rig.temporal.kill();
        }

        @Override
        void bringBack(Rig rig) throws IOException {
            rig.temporal.start();
        }
    },
    /** pg_dump, or where none runs, the program of PostgreSQL that the run has at that moment. */
    PROGRAM {
        @Override
        void kill(Rig rig, Moment moment, String workflowId) {
            Processes.kill(
                    moment.isRandom()
                            // It may be over by then, and nothing is killed: that is chance as well.
                            ? Processes.running(moment.program(), workflowId)
                            : Processes.awaitProgram(moment.program(), workflowId));
        }
    },
    POSTGRES {
        @Override
        void kill(Rig rig, Moment moment, String workflowId) {
            rig.postgres.kill();
            if (moment == Moment.MID_RESTORE) {
                // The server that is at work then.
                Processes.kill(Processes.within(rig.scratch()));
            }
        }

        @Override
        void bringBack(Rig rig) throws IOException {
            rig.postgres.start();
        }
    },
    R2 {
        @Override
        void kill(Rig rig, Moment moment, String workflowId) {
            rig.r2.kill();
        }

        @Override
        void bringBack(Rig rig) throws IOException {
            rig.r2.start();
        }
    };

    abstract void kill(Rig rig, Moment moment, String workflowId);

    /** What a supervisor would do. */
    void bringBack(Rig rig) throws IOException {}
}
