package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.activities.shell.InputWatch;
import dev.windlass.activities.shell.Shell;
import dev.windlass.runbooks.recovery.RecoveryFiles;
import dev.windlass.runbooks.recovery.RecoveryOperations;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ServerEffects;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Onto which of the backups that pgBackRest names WAL is replayed. */
class PhysicalBackupsTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path directory;

    private String look(Optional<Instant> to, String... backups) {
        RecoveryPlaces places = new RecoveryPlaces(
                directory + "/backups",
                directory + "/work",
                directory + "/etc",
                directory.toString(),
                directory.toString(),
                5432,
                RecoveryFiles.identity(),
                directory + "/repository");
        LostCluster known = RecordingMachine.FROM_CLUSTER.cluster().orElseThrow();
        LostCluster lost =
                new LostCluster(known.name(), "main", 15, known.passphrase(), known.databases(), known.archived(), to);
        RecoveryBucket bucket = VpsClaimsTest.request("ana", Claiming.IF_FREE).bucket();
        BackupParts parts = new BackupParts(
                RecoveryOperations.of(bucket, places),
                new Answering(List.of(backups)),
                new AgeSealedFiles(reference -> ""),
                name -> {
                    throw new AssertionError("only pgBackRest goes to the bucket");
                },
                new SetIdentities(directory),
                PostgresForTests.CONNECTIONS,
                EffectJournal.none(),
                Clock.systemUTC());
        Step step = RecordingMachine.FROM_CLUSTER.plan().step(RecoverVpsSteps.REPOSITORY);
        StepContext context =
                new StepContext(new StepToken("recover-vps", "run", step.id()), progress -> {}, EffectJournal.none());
        return new ClusterReplay(
                        parts, new ReplayEffects(new ServerEffects(places, 15), lost, bucket), "postgres", context)
                .look(step)
                .backup();
    }

    private static String backup(String label, Instant end, boolean isDamaged) {
        return "{\"label\":\"" + label + "\",\"type\":\"full\",\"error\":" + isDamaged + ",\"timestamp\":{\"stop\":"
                + end.getEpochSecond() + "},\"info\":{\"size\":1000},\"database\":{\"id\":1}}";
    }

    /** pgBackRest, with an answer to info. */
    private record Answering(List<String> backups) implements Shell {
        @Override
        public CommandResult run(Command command, StepContext context, InputWatch watch) {
            String answer = "[{\"name\":\"main\",\"status\":{\"code\":0},\"backup\":"
                    + backups.stream().collect(Collectors.joining(",", "[", "]")) + "}]";
            return new CommandResult(command.program(), 0, List.of(answer), List.of(), Optional.empty());
        }

        @Override
        public int fence(StepContext context) {
            return 0;
        }
    }

    @Test
    void theNewestWithoutDamageIsTaken() {
        assertThat(look(
                        Optional.empty(),
                        backup("1F", NOON, false),
                        backup("2F", NOON.plusSeconds(60), false),
                        backup("3F", NOON.plusSeconds(120), true)))
                .isEqualTo("2F");
        assertThat(look(
                        Optional.of(NOON.plusSeconds(30)),
                        backup("1F", NOON, false),
                        backup("2F", NOON.plusSeconds(60), false)))
                .isEqualTo("1F");
    }

    private Failure failure(Optional<Instant> to, String... backups) {
        Failure failure = Failure.in(catchThrowable(() -> look(to, backups))).orElseThrow();
        assertThat(failure.type()).isEqualTo(FailureType.NOT_FOUND);
        return failure;
    }

    @Test
    void damageIsNotTakenForNoBackup() {
        String[] damaged =
                Stream.of("1F", "2F").map(label -> backup(label, NOON, true)).toArray(String[]::new);

        assertThat(failure(Optional.empty(), damaged).fact())
                .isEqualTo("every backup of stanza main that could serve has damaged pages: 1F, 2F");
    }

    @Test
    void whereNoMomentWasNamedNobodyIsToldToNameAnother() {
        assertThat(failure(Optional.empty()).fact()).isEqualTo("stanza main has no backup");
        assertThat(failure(Optional.empty()).hint()).isEqualTo("nothing to do: the databases come from the set");
        Failure later = failure(Optional.of(NOON), backup("1F", NOON, false));
        assertThat(later.fact()).isEqualTo("stanza main has no backup from before " + NOON);
        assertThat(later.hint()).isEqualTo("name a later moment, or leave --to out");
    }
}
