package dev.windlass.worker.fault;

import java.io.IOException;

/** Who is killed while staging gets a copy. */
enum SyncVictim {
    WORKER {
        @Override
        void kill(SyncRig rig) {
            rig.worker.kill();
        }

        @Override
        void bringBack(SyncRig rig) throws IOException {
            rig.worker.start();
        }
    },
    TEMPORAL {
        @Override
        void kill(SyncRig rig) {
            rig.temporal.kill();
        }

        @Override
        void bringBack(SyncRig rig) throws IOException {
            rig.temporal.start();
        }
    },
    /** The postmaster that is read from, and all its sessions. */
    PRODUCTION {
        @Override
        void kill(SyncRig rig) {
            rig.production.kill();
        }

        @Override
        void bringBack(SyncRig rig) throws IOException {
            rig.production.start();
        }
    },
    /** The postmaster of staging and of the copy that grows beside it. */
    STAGING {
        @Override
        void kill(SyncRig rig) {
            rig.staging.kill();
        }

        @Override
        void bringBack(SyncRig rig) throws IOException {
            rig.staging.start();
        }
    };

    abstract void kill(SyncRig rig);

    abstract void bringBack(SyncRig rig) throws IOException;
}
