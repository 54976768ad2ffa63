package dev.windlass.worker.health;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Temporal answers now. Temporal's own starter has no such check. */
final class TemporalHealth implements HealthIndicator {
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final TemporalProbe temporal;

    TemporalHealth(TemporalProbe temporal) {
        this.temporal = temporal;
    }

    @Override
    public Health health() {
        Health.Builder health = switch (temporal.ask(DEADLINE)) {
            case TemporalProbe.Answer.Serving serving -> Health.up().withDetail("server", serving.serverVersion());
            case TemporalProbe.Answer.Silent silent -> Health.down().withDetail("answer", silent.reason());
        };
        return health.withDetail("address", temporal.address())
                .withDetail("namespace", temporal.namespace())
                .build();
    }
}
