package dev.windlass.activities.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.activities.backup.PostgresForTests;
import dev.windlass.activities.protect.RealProtection;
import dev.windlass.activities.storage.R2;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.ClusterName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.RecoverVpsRequest;
import dev.windlass.workflows.recovery.RecoverVpsRequest.Claiming;
import dev.windlass.workflows.recovery.RecoverVpsSteps;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A cluster that is lost, with all its WAL in the R2 double, and a machine onto which it comes back. One database: {@link #SHOP}. */
final class ReplayRig implements AutoCloseable {
    static final DatabaseName SHOP = new DatabaseName("shop");
    private static final int SEGMENTS = 4;

    final RealProtection lost;
    final ReplayedMachine machine;

    /** Each has the row of its number. */
    final List<String> wal = new ArrayList<>();

    private final String stanza;
    private final int major;
    private final RecoveryBucket bucket;

    /**
     * @param stanza of a test's own: pgBackRest's locks are the machine's
     * @param beforeLoss what happens to the cluster after its first physical backup, and before anything is written
     */
    ReplayRig(String stanza, Consumer<RealProtection> beforeLoss) throws IOException, InterruptedException {
        this.stanza = stanza;
        lost = new RealProtection(stanza);
        lost.protect();
        beforeLoss.accept(lost);
        lost.sql("CREATE TABLE public.written (number int, at timestamptz DEFAULT clock_timestamp())");
        for (int number = 0; number < SEGMENTS; number++) {
            lost.sql("INSERT INTO public.written VALUES (" + number + ")");
            wal.add(lost.value("SELECT pg_walfile_name(pg_switch_wal())"));
        }
        PostgresForTests.waitUntil(
                "the last segment is archived",
                () -> lost.value("SELECT last_archived_wal >= '" + wal.getLast() + "' FROM pg_stat_archiver")
                        .equals("t"));
        major = Integer.parseInt(lost.value("SHOW server_version_num")) / 10_000;
        bucket = new RecoveryBucket(
                lost.r2.endpoint().replace("127.0.0.1", "localhost"), "auto", R2.BUCKET, "team/", Authority.PRIVATE);
        machine = new ReplayedMachine(bucket, lost.r2.authority().toString(), major);
    }

    /** One that brings back all that was archived. */
    Recovery recovery() {
        return recovery(Optional.empty());
    }

    Recovery recovery(Optional<Instant> to) {
        LostCluster cluster = new LostCluster(
                new ClusterName("main"),
                stanza,
                major,
                ReplayedMachine.PASSPHRASE_FILE,
                List.of(new LostCluster.LostDatabase(SHOP, "postgres")),
                Instant.now(),
                to);
        Plan plan = new PlanOfRecoverVps(machine.places, manifest(major), Optional.of(cluster))
                .plan(request(bucket))
                .plan();
        return new Recovery(machine, new ReplayEffects(machine.server, cluster, bucket), plan);
    }

    /** By the lost server's clock, when the row was written. */
    Instant written(int number) {
        return Instant.parse(lost.value("SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                + " FROM public.written WHERE number = " + number));
    }

    record Recovery(ReplayedMachine machine, ReplayEffects effects, Plan plan) {
        Step step() {
            return plan.step(RecoverVpsSteps.CLUSTER);
        }

        ReplayStep commands() {
            return ReplayStep.in(step());
        }

        RepositorySeen look() {
            Step repository = plan.step(RecoverVpsSteps.REPOSITORY);
            RepositorySeen seen = on(repository).look(repository);
            machine.effects.forget();
            return seen;
        }

        ReplayedCluster replay() {
            return replay(Instant.EPOCH);
        }

        /** @param set when it was taken */
        ReplayedCluster replay(Instant set) {
            return on(step()).replay(step(), set);
        }

        private ClusterReplay on(Step step) {
            return new ClusterReplay(machine.parts(), effects, "postgres", machine.context(step));
        }
    }

    private static Manifest manifest(int major) {
        Manifest sample = RecordingMachine.MANIFEST;
        return new Manifest(
                sample.format(),
                sample.set(),
                sample.committedAt(),
                sample.run(),
                sample.plan(),
                List.of(new DatabaseSummary(SHOP, major + ".1", sample.committedAt(), 4, 100, 1000)),
                sample.archives(),
                sample.redis(),
                sample.artefacts(),
                sample.recipients());
    }

    private static RecoverVpsRequest request(RecoveryBucket bucket) {
        RecoverVpsRequest any = VpsClaimsTest.request("ana", Claiming.IF_FREE);
        return new RecoverVpsRequest(any.target(), bucket, any.set(), any.glass(), any.budget(), any.claiming());
    }

    /** The bucket answers, and nothing of the cluster is on the machine. */
    void drop() throws IOException {
        lost.r2.clearFaults();
        Step step = recovery().step();
        machine.run(ReplayStep.in(step).end(), machine.context(step));
        machine.empty();
    }

    void requireEveryRow() {
        assertThat(rows()).isEqualTo("0,1,2,3false");
    }

    /** The numbers that are there, and whether the server still replays. */
    String rows() {
        return PostgresForTests.value(
                RecoveredDatabase.named("postgres", SHOP, machine.server, "postgres"),
                "SELECT string_agg(number::text, ',' ORDER BY number) || pg_is_in_recovery() FROM public.written");
    }

    /** A file of the bucket. */
    Path inBucket(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(lost.r2.authority().resolveSibling("data"))) {
            return files.filter(Files::isRegularFile).filter(wanted).findFirst().orElseThrow();
        }
    }

    Path largestInBucket(String below) throws IOException {
        try (Stream<Path> files = Files.walk(lost.r2.authority().resolveSibling("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(below))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @Override
    public void close() throws IOException {
        machine.close();
        lost.close();
    }
}
