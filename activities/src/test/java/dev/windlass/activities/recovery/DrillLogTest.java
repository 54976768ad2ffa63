package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.recovery.DrillOutcome;
import dev.windlass.workflows.recovery.DrillRecord;
import dev.windlass.workflows.recovery.RestoredCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillLogTest {
    private static final DrillRecord FIRST = drill("one", "2026-11-01T05:00:00Z");
    private static final DrillRecord SECOND = drill("two", "2026-12-01T05:00:00Z");

    @TempDir
    Path directory;

    @Test
    void aRunStandsThereOnceHoweverOftenItIsWritten() throws IOException {
        DrillLog log = new DrillLog(directory.resolve("state"));
        assertThat(log.read()).isEmpty();

        log.append(FIRST);
        log.append(FIRST);
        log.append(SECOND);

        assertThat(log.read()).containsExactly(FIRST, SECOND);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("state/drills.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void halfALineOfAPowerCutIsLeftOutAndSpoilsNoOther() throws IOException {
        DrillLog log = new DrillLog(directory);
        log.append(FIRST);
        Files.writeString(directory.resolve("drills.jsonl"), "{\"run\":\"ha", StandardOpenOption.APPEND);

        log.append(SECOND);

        assertThat(log.read()).containsExactly(FIRST, SECOND);
    }

    private static DrillRecord drill(String run, String at) {
        return new DrillRecord(
                run,
                new DrillOutcome(
                        new DatabaseName("shop"),
                        new ClusterName("main"),
                        Instant.parse(at),
                        "20261101-010004F",
                        Duration.ofSeconds(61),
                        new RestoredCluster(
                                Duration.ofSeconds(30), Duration.ofSeconds(4), Duration.ofSeconds(9), 3, 1000, 9000),
                        List.of()));
    }
}
