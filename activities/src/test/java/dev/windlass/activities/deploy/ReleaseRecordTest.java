package dev.windlass.activities.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.PayloadJson;
import dev.windlass.workflows.migrate.AppliedMigration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseRecordTest {
    private static final Release OLD = new Release(new Version("v1"), "sha256:" + "1".repeat(64));
    private static final Release NEW = new Release(new Version("v2"), "sha256:" + "2".repeat(64));
    private static final List<AppliedMigration> APPLIED =
            List.of(new AppliedMigration("0001_init", "sha256:" + "a".repeat(64)));

    @Test
    void remembersTheMigrationsOfEachRelease() throws JsonProcessingException {
        ReleaseRecord record = new ReleaseRecord(List.of())
                .with(OLD, Instant.EPOCH, Optional.of(List.of()))
                .with(NEW, Instant.EPOCH, Optional.of(APPLIED));

        ReleaseRecord read = PayloadJson.read(record.json(), ReleaseRecord.class);

        assertThat(read).isEqualTo(record);
        assertThat(read.find(NEW).orElseThrow().applied()).contains(APPLIED);
        assertThat(read.find(OLD).orElseThrow().applied()).contains(List.of());
    }

    @Test
    void readsARecordFromBeforeMigrationsStoodInIt() throws JsonProcessingException {
        String old = "{\"releases\":[{\"deployed\":\"2026-11-20T10:00:00Z\",\"release\":{\"content\":\"" + OLD.content()
                + "\",\"version\":\"v1\"}}]}";

        ReleaseRecord read = PayloadJson.read(old, ReleaseRecord.class);

        assertThat(read.find(OLD).orElseThrow().applied()).isEmpty();
        assertThat(read.find(NEW)).isEmpty();
    }

    @Test
    void anEarlierAttemptOfTheSameStepHasTheSayOnceOnly() {
        ReleaseRecord record = new ReleaseRecord(List.of()).with(NEW, Instant.EPOCH, Optional.of(APPLIED));

        assertThat(record.with(NEW, Instant.EPOCH.plusSeconds(60), Optional.of(APPLIED)))
                .isEqualTo(record);
    }
}
