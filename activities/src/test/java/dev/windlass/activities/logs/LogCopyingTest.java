package dev.windlass.activities.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.StepLogFiles;
import dev.windlass.activities.storage.ObjectStore;
import dev.windlass.activities.storage.StoresForTests;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.logs.RunLog;
import dev.windlass.workflows.logs.RunLogQuestion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCopyingTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final SetId OWNER = new SetId("20261124T120000Z-0000abcd");
    private static final String RUN = "deploy-20261124T115900Z";
    private static final String FIRST = RUN + "/000000000000-000000000008-20261124T120000Z.log.zst.age";

    @TempDir
    Path directory;

    private Path bucket = Path.of("/");
    private Path log = Path.of("/");
    private Optional<SetIdentities> identities = Optional.empty();

    @BeforeEach
    void begin() throws Exception {
        bucket = directory.resolve("bucket");
        log = logs(NOON).fileOf(RUN);
        identities = Optional.of(new SetIdentities(directory.resolve("state")));
        Files.createDirectories(directory.resolve("state/logs"));
    }

    @Test
    void sendsWholeLinesThatOnlyTheRecipientsRead() throws Exception {
        Files.writeString(log, "one\ntwo\nthr");

        assertThat(copying(NOON).copy()).isEqualTo(1);

        assertThat(copied()).containsExactly(FIRST);
        assertThat(Files.readString(bucket.resolve("logs").resolve(FIRST), StandardCharsets.ISO_8859_1))
                .startsWith("age-encryption.org/v1\n-> X25519 ");
        assertThat(opened(FIRST)).isEqualTo("one\ntwo\n");
    }

    @Test
    void sendsNothingTwiceAndGoesOnWhereAKilledWorkerStopped() throws Exception {
        Files.writeString(log, "one\ntwo\n");
        LogCopying before = copying(NOON);
        assertThat(before.copy()).isEqualTo(1);
        assertThat(before.copy()).isZero();

        assertThat(copying(NOON.plusSeconds(30)).copy()).isZero();
        Files.writeString(log, "three\n", StandardOpenOption.APPEND);
        assertThat(copying(NOON.plusSeconds(60)).copy()).isEqualTo(1);

        String second = RUN + "/000000000008-000000000014-20261124T120100Z.log.zst.age";
        assertThat(copied()).containsExactly(FIRST, second);
        assertThat(opened(second)).isEqualTo("three\n");
    }

    @Test
    void aLongLogGoesInPiecesThatAreSmallObjects() throws Exception {
        Files.writeString(log, ("x".repeat(99) + "\n").repeat(12_000));

        assertThat(copying(NOON).copy()).isEqualTo(3);

        StringBuilder text = new StringBuilder();
        for (String piece : copied()) {
            text.append(opened(piece));
        }
        assertThat(text.toString()).isEqualTo(Files.readString(log));
    }

    @Test
    void aRunsPiecesAreRemovedTogetherAMonthAfterItsLastLine() throws Exception {
        Files.writeString(log, "one\ntwo\n");
        copying(NOON).copy();
        Files.writeString(log, "three\n", StandardOpenOption.APPEND);
        copying(NOON.plus(Duration.ofDays(20))).copy();
        Files.writeString(bucket.resolve("logs/notes.txt"), "not ours");

        speak(NOON.plus(Duration.ofDays(40)), "prune-a");
        assertThat(copied()).filteredOn(key -> key.startsWith(RUN)).hasSize(2);

        Files.delete(log);
        speak(NOON.plus(Duration.ofDays(51)), "prune-b");
        assertThat(copied()).noneMatch(key -> key.startsWith(RUN)).contains("notes.txt");
    }

    @Test
    void anIdThatIsUsedAgainBeginsAnew() throws Exception {
        Files.writeString(log, "one\ntwo\n");
        copying(NOON).copy();
        Files.writeString(log, "new\n");

        assertThat(copying(NOON.plusSeconds(60)).copy()).isEqualTo(1);
        assertThat(copying(NOON.plusSeconds(120)).copy()).isZero();

        assertThat(opened(RUN + "/000000000000-000000000004-20261124T120100Z.log.zst.age"))
                .isEqualTo("new\n");
    }

    @Test
    void whoeverAsksForALogThatIsGoneHearsWhereItsCopyIs() throws Exception {
        LogPlanningActivitiesImpl reading = new LogPlanningActivitiesImpl(logs(NOON), Optional.of(store()));
        assertThat(reading.read(new RunLogQuestion(RUN, 0))).isEqualTo(new RunLog("", 0, Optional.empty()));

        Files.writeString(log, "one\ntwo\n");
        copying(NOON).copy();
        assertThat(reading.read(new RunLogQuestion(RUN, 0))).isEqualTo(new RunLog("one\ntwo\n", 8, Optional.empty()));

        Files.delete(log);
        assertThat(reading.read(new RunLogQuestion(RUN, 0)))
                .isEqualTo(new RunLog("", 0, Optional.of("logs/" + RUN + "/ in bucket")));
    }

    /** Another run prints something, so that the bucket is looked at. */
    private void speak(Instant now, String run) throws Exception {
        Files.writeString(logs(now).fileOf(run), "word\n");
        assertThat(copying(now).copy()).isPositive();
    }

    private LogCopying copying(Instant now) {
        List<String> recipients = List.of(identities.orElseThrow().ensure(OWNER));
        return new LogCopying(logs(now), store(), recipients, Clock.fixed(now, ZoneOffset.UTC));
    }

    private StepLogFiles logs(Instant now) {
        return new StepLogFiles(directory.resolve("state"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private ObjectStore store() {
        return StoresForTests.directory(bucket);
    }

    private List<String> copied() throws Exception {
        Path root = bucket.resolve("logs");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private String opened(String key) throws Exception {
        Channel.OpenedFile file = new Channel.OpenedFile(
                bucket.resolve("logs").resolve(key).toString(),
                identities.orElseThrow().reference(OWNER));
        try (InputStream plain = new AgeSealedFiles(new EnvironmentSecrets(Map.of())).open(file)) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
