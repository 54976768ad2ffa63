package dev.windlass.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.activities.logs.LogCopying;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ObjectStore.StoredObject;
import dev.windlass.workflows.backup.SetId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs on their way to the R2 double, which loses answers and is away for a while. */
@Tag("integration")
class S3LogCopiesTest {
    private static final String RUN = "deploy-20261124T115900Z";

    @TempDir
    Path directory;

    @Test
    void eachLineArrivesOnceWhateverTheBucketDoes() throws Exception {
        StepLogFiles logs = new StepLogFiles(directory.resolve("state"), Clock.systemUTC());
        Path log = logs.fileOf(RUN);
        Files.createDirectories(log.getParent());
        try (R2 r2 = R2.start(directory);
                S3ObjectStore store = r2.store()) {
            Files.writeString(log, "one\n");
            r2.order("PUT .*logs/", 0, "status 503");
            LogCopying copying = copying(logs, store);
            assertThatThrownBy(copying::copy).hasMessageContaining("r2");
            r2.clearFaults();

            r2.order("PUT .*logs/", 1, "drop-answer");
            assertThat(copying.copy()).isEqualTo(1);
            Files.writeString(log, "two\n", StandardOpenOption.APPEND);
            r2.killAndRestart();
            assertThat(copying(logs, store).copy()).isEqualTo(1);

            assertThat(store.list("logs/", R2.context()))
                    .extracting(StoredObject::key)
                    .extracting(key -> key.replaceAll("-\\d{8}T\\d{6}Z\\.log", ".log"))
                    .containsExactly(
                            "logs/" + RUN + "/000000000000-000000000004.log.zst.age",
                            "logs/" + RUN + "/000000000004-000000000008.log.zst.age");
        }
    }

    private LogCopying copying(StepLogFiles logs, ObjectStore store) {
        String recipient =
                new SetIdentities(directory.resolve("identities")).ensure(new SetId("20261124T120000Z-0000abcd"));
        return new LogCopying(logs, store, List.of(recipient), Clock.systemUTC());
    }
}
