package dev.windlass.worker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Ready means: polling for work. */
final class WorkerHealth implements HealthIndicator {
    private final RunbookWorkers workers;

    WorkerHealth(RunbookWorkers workers) {
        this.workers = workers;
    }

    @Override
    public Health health() {
        RunbookWorkers.State state = workers.state();
        Health.Builder health = switch (state) {
            case POLLING -> Health.up();
            case STARTING, DRAINING, STOPPED -> Health.outOfService();
        };
        return health.withDetail("state", state.name()).build();
    }
}
