package dev.windlass.worker.health;

import dev.windlass.workflows.backup.Catalogue;
import dev.windlass.workflows.backup.SetId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The number on the wall: how old the newest proven backup is, counted from the moment its data was taken. The catalogue
 * is looked up in the background, at most every few minutes and only while somebody asks; in between, and while it cannot
 * be read, the last known set grows older.
 */
public final class ProvenAge implements MeterBinder {
    static final String NAME = "windlass.backup.last.proven.age";

    private static final Logger LOG = LoggerFactory.getLogger(ProvenAge.class);
    private static final Duration KEEP = Duration.ofMinutes(5);

    private final Supplier<Catalogue> catalogue;
    private final Clock clock;
    private final Executor background;
    private volatile Optional<Instant> newest = Optional.empty();
    private @Nullable Instant lookedAt;

    public ProvenAge(Supplier<Catalogue> catalogue, Clock clock, Executor background) {
        this.catalogue = catalogue;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(NAME, this, ProvenAge::seconds)
                .description("Age of the newest backup that was restored and compared; NaN when there is none")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
    }

    /** @return NaN while no set is proven, or none could be looked up yet */
    synchronized double seconds() {
        Instant now = clock.instant();
        if (lookedAt == null || lookedAt.plus(KEEP).isBefore(now)) {
            lookedAt = now;
            background.execute(this::look);
        }
        return newest.map(begun -> Duration.between(begun, now).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }

    private void look() {
        try {
            newest = catalogue.get().newestProven().map(Catalogue.Entry::set).map(SetId::begun);
        } catch (RuntimeException unreadable) {
            LOG.warn("the age of the last proven backup could not be looked up: {}", unreadable.getMessage());
        }
    }
}
