package dev.windlass.worker.health;

import dev.windlass.activities.recovery.DrillLog;
import dev.windlass.workflows.kernel.DatabaseName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** How long ago a drill of a database has succeeded; the file is small, and is read when somebody asks. */
public final class DrillAge implements MeterBinder {
    static final String NAME = "windlass.drill.last.success.age";

    private final DrillLog log;
    private final List<DatabaseName> databases;
    private final Clock clock;

    /** @param databases those that are drilled by schedule */
    public DrillAge(DrillLog log, List<DatabaseName> databases, Clock clock) {
        this.log = log;
        this.databases = List.copyOf(databases);
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        databases.forEach(database -> Gauge.builder(NAME, this, age -> age.seconds(database))
                .description("Time since a drill has recovered this database out of the bucket; NaN when none has")
                .baseUnit("seconds")
                .tag("database", database.value())
                .strongReference(true)
                .register(registry));
    }

    double seconds(DatabaseName database) {
        return log.lastOf(database)
                .map(at -> Duration.between(at, clock.instant()).toMillis() / 1000.0)
                .orElse(Double.NaN);
    }
}
