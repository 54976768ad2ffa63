package dev.windlass.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.workflows.audit.AuditEvent;
import dev.windlass.workflows.audit.AuditVerification;
import dev.windlass.workflows.kernel.Sorted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCopiesTest {
    @TempDir
    Path directory;

    private AuditLog log = new AuditLog(Path.of("/"), Clock.systemUTC());
    private Optional<ObjectStore> store = Optional.empty();

    @BeforeEach
    void begin() {
        log = new AuditLog(directory.resolve("state"), Clock.systemUTC());
        store = Optional.of(StoresForTests.directory(directory.resolve("bucket")));
        append("a", "b");
    }

    @Test
    void sendsOnlyWhatIsNotThereYet() {
        assertThat(copy()).isEqualTo(2);
        assertThat(copy()).isZero();
        append("c");
        assertThat(copy()).isEqualTo(1);

        assertThat(verify().broken()).isEmpty();
        assertThat(verify().copied()).contains(3L);
    }

    @Test
    void aChainThatWasMadeAnewDoesNotFitItsCopies() throws Exception {
        append("c");
        copy();
        Files.delete(log.file());
        log = new AuditLog(directory.resolve("state"), Clock.systemUTC());
        append("a", "x", "c");

        assertThat(verify().broken()).contains("entry 3 is not the one that was copied to bucket");
    }

    @Test
    void aLogThatLostItsEndDoesNotFitItsCopies() throws Exception {
        copy();
        List<String> lines = log.lines();
        Files.writeString(log.file(), lines.getFirst() + "\n");

        assertThat(verify().broken()).contains("entries up to 2 were copied to bucket, and here are only 1");
    }

    private long copy() {
        return new AuditCopying(log, store.orElseThrow()).copy();
    }

    private AuditVerification verify() {
        return new AuditPlanningActivitiesImpl(log, store).verify();
    }

    private void append(String... ids) {
        for (String id : ids) {
            log.append(new AuditEvent(id, AuditEvent.Kind.DECIDED, "deploy-1", "run", "ana", "approve", Sorted.of()));
        }
    }
}
