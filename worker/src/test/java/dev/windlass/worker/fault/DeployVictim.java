package dev.windlass.worker.fault;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Who is killed in the middle of deploys. */
enum DeployVictim {
    WORKER,
    TEMPORAL,
    /** The command that a step runs at that moment. */
    COMMAND;

    void kill(DeployRig rig, List<HeldDeploy> deploys) {
        switch (this) {
            case WORKER -> rig.worker.kill();
            case TEMPORAL -> rig.temporal.kill();
            case COMMAND -> deploys.forEach(HeldDeploy::killCommand);
        }
    }

    /** What a supervisor would do. */
    void bringBack(DeployRig rig) throws IOException {
        switch (this) {
            case WORKER -> rig.worker.start();
            case TEMPORAL -> rig.temporal.start();
            case COMMAND -> {}
        }
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
