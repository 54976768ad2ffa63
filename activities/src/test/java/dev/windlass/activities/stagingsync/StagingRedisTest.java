package dev.windlass.activities.stagingsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.RedisForTests;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.stagingsync.FlushedRedis;
import dev.windlass.workflows.stagingsync.StagingSyncOutcome;
import io.temporal.client.WorkflowFailedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real Redis servers, of which one is staging's: it is emptied, and nothing else is. */
@Tag("integration")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StagingRedisTest {
    @TempDir
    Path staging;

    @TempDir
    Path production;

    private RedisForTests ofStaging;
    private RedisForTests ofProduction;

    @BeforeEach
    void start() {
        ofStaging = RedisForTests.start(staging);
        ofProduction = RedisForTests.start(production);
        for (String database : new String[] {"0", "3"}) {
            ofStaging.call("-n", database, "MSET", "leader", "Jane Real", "catalogue", "old");
            ofProduction.call("-n", database, "SET", "leader", "Jane Real");
        }
    }

    @AfterEach
    void stop() {
        ofStaging.close();
        ofProduction.close();
    }

    private StagingSyncRig rig(Path socket, int database) {
        return new StagingSyncRig(
                ", redis: {host: " + socket + ", password: 'env:REDIS_OF_TESTS', database: " + database + "}",
                "redis: {queues: {host: " + production.resolve(RedisForTests.SOCKET)
                        + ", password: 'env:REDIS_OF_TESTS'}}",
                "");
    }

    private static Failure refusal(StagingSyncRig rig) {
        return Failure.in(Assertions.catchThrowableOfType(WorkflowFailedException.class, rig::plan))
                .orElseThrow();
    }

    private void requireThatNothingWasEmptied() {
        for (String database : new String[] {"0", "3"}) {
            assertThat(ofStaging.call("-n", database, "DBSIZE")).isEqualTo("2");
            assertThat(ofProduction.call("-n", database, "DBSIZE")).isEqualTo("1");
        }
    }

    @Test
    void theDatabaseThatIsNamedIsEmptiedAndNoOther() {
        Path socket = staging.resolve(RedisForTests.SOCKET);
        try (StagingSyncRig rig = rig(socket, 3)) {
            rig.newStaging();
            assertThat(rig.plan().resolved())
                    .containsEntry("redis", "database 3 of Redis at " + socket + " is emptied");
            requireThatNothingWasEmptied();

            StagingSyncOutcome.Synced synced = (StagingSyncOutcome.Synced) rig.run("flushed");

            assertThat(synced.problems()).isEmpty();
            assertThat(synced.flushed()).contains(new FlushedRedis("database 3 of Redis at " + socket, 2));
            assertThat(ofStaging.call("-n", "3", "DBSIZE")).isEqualTo("0");
            assertThat(ofStaging.call("DBSIZE")).isEqualTo("2");
            assertThat(ofProduction.call("DBSIZE")).isEqualTo("1");
            assertThat(ofProduction.call("-n", "3", "DBSIZE")).isEqualTo("1");
            assertThat(rig.everythingTold("flushed")).doesNotContain(RedisForTests.PASSWORD, "Jane Real");
            assertThat(rig.effects.all().toString()).doesNotContain(RedisForTests.PASSWORD);
        }
    }

    @Test
    void productionsServerUnderAnotherAddressIsRefused() throws IOException {
        Path other = Files.createSymbolicLink(staging.resolve("other.sock"), production.resolve(RedisForTests.SOCKET));
        try (StagingSyncRig rig = rig(other, 3)) {
            rig.newStaging();
            Failure failure = refusal(rig);
            assertThat(failure.type()).isEqualTo(FailureType.PRECONDITION);
            assertThat(failure.fact())
                    .isEqualTo(other + " of staging_sync.redis and " + production.resolve(RedisForTests.SOCKET)
                            + " of backup.redis.queues are one and the same Redis server");
            assertThat(failure.anchor()).isEqualTo("staging-sync.md#redis");
        }
        requireThatNothingWasEmptied();
    }

    @Test
    void aDatabaseThatIsNotThereIsRefusedAndDatabase0IsAsItWas() {
        try (StagingSyncRig rig = rig(staging.resolve(RedisForTests.SOCKET), 99)) {
            rig.newStaging();
            Failure failure = refusal(rig);
            assertThat(failure.type()).isEqualTo(FailureType.CONFIGURATION);
            assertThat(failure.fact()).contains("refused a command: ", "DB index is out of range");
        }
        requireThatNothingWasEmptied();
    }

    @Test
    void aServerThatNobodyCanTellFromProductionsIsNotEmptied() {
        try (StagingSyncRig rig = rig(staging.resolve(RedisForTests.SOCKET), 3)) {
            rig.newStaging();
            ofProduction.kill();
            Failure failure = refusal(rig);
            assertThat(failure.type()).isEqualTo(FailureType.DATABASE_UNREACHABLE);
            assertThat(failure.hint()).contains("backup.redis.queues");
        }
        assertThat(ofStaging.call("-n", "3", "DBSIZE")).isEqualTo("2");
    }

    @Test
    void theMasterOfAServerThatIsBackedUpIsRefused() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(ofStaging.call("CONFIG", "SET", "port", String.valueOf(port)))
                .isEqualTo("OK");
        ofProduction.call("CONFIG", "SET", "masterauth", RedisForTests.PASSWORD);
        ofProduction.call("REPLICAOF", "127.0.0.1", String.valueOf(port));
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!ofProduction.call("INFO", "replication").contains("master_link_status:up")) {
            assertThat(System.nanoTime()).as("it replicates").isLessThan(deadline);
            Thread.onSpinWait();
        }
        Path socket = staging.resolve(RedisForTests.SOCKET);
        try (StagingSyncRig rig = rig(socket, 3)) {
            rig.newStaging();
            assertThat(refusal(rig).fact())
                    .isEqualTo(socket + " of staging_sync.redis and " + production.resolve(RedisForTests.SOCKET)
                            + " of backup.redis.queues replicate one another");
        }
        assertThat(ofStaging.call("-n", "3", "DBSIZE")).isEqualTo("2");
    }

    @Test
    void aReplicaIsRefused() {
        ofStaging.call("REPLICAOF", "127.0.0.1", "1");
        try (StagingSyncRig rig = rig(staging.resolve(RedisForTests.SOCKET), 3)) {
            rig.newStaging();
            assertThat(refusal(rig).fact())
                    .isEqualTo(staging.resolve(RedisForTests.SOCKET)
                            + " of staging_sync.redis is a replica of another Redis server");
        }
    }
}
