package dev.windlass.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.recovery.DrillLog;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.recovery.DrillOutcome;
import dev.windlass.workflows.recovery.DrillRecord;
import dev.windlass.workflows.recovery.RestoredCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillAgeTest {
    private static final DatabaseName SHOP = new DatabaseName("shop");

    @TempDir
    Path state;

    @Test
    void growsFromTheNewestDrillOfTheDatabaseAndIsNoNumberWhileThereIsNone() {
        DrillLog log = new DrillLog(state);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Clock clock = Clock.fixed(Instant.parse("2026-12-02T05:00:00Z"), ZoneOffset.UTC);
        new DrillAge(log, List.of(SHOP), clock).bindTo(registry);
        assertThat(age(registry)).isNaN();

        log.append(drill("one", SHOP, "2026-11-01T05:00:00Z"));
        log.append(drill("two", SHOP, "2026-12-01T05:00:00Z"));
        log.append(drill("three", new DatabaseName("crm"), "2026-12-02T04:00:00Z"));

        assertThat(age(registry)).isEqualTo(Duration.ofDays(1).toSeconds());
    }

    private static double age(SimpleMeterRegistry registry) {
        return registry.get(DrillAge.NAME).tag("database", "shop").gauge().value();
    }

    private static DrillRecord drill(String run, DatabaseName database, String at) {
        return new DrillRecord(
                run,
                new DrillOutcome(
                        database,
                        new ClusterName("main"),
                        Instant.parse(at),
                        "20261101-010004F",
                        Duration.ofSeconds(61),
                        new RestoredCluster(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1, 1, 1),
                        List.of()));
    }
}
