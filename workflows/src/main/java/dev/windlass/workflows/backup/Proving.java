package dev.windlass.workflows.backup;

import dev.windlass.workflows.kernel.ArchiveName;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Quantities;
import dev.windlass.workflows.kernel.RedisName;
import dev.windlass.workflows.kernel.SecretReference;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.kernel.StoreName;
import dev.windlass.workflows.kernel.Timeline;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Restores each database of a set into a scratch cluster and gathers the verdict; shared by backup and restore test. */
final class Proving {
    private final Plan plan;
    private final Timeline timeline;
    private final Manifest manifest;
    private final StoreName source;
    private final Optional<SecretReference> identity;
    private final Slots slots;
    private final List<DatabaseProof> proofs = new ArrayList<>();
    private final List<ArchiveProof> archives = new ArrayList<>();
    private final List<RedisProof> redis = new ArrayList<>();

    Proving(
            Plan plan,
            Timeline timeline,
            Manifest manifest,
            StoreName source,
            Optional<SecretReference> identity,
            Slots slots) {
        this.plan = plan;
        this.timeline = timeline;
        this.manifest = manifest;
        this.source = source;
        this.identity = identity;
        this.slots = slots;
    }

    void prove(DatabaseName database) {
        Step step = plan.step(BackupSteps.prove(database)).fill(slots);
        ProveOrder order = new ProveOrder(step, manifest.set(), database, manifest, source, identity);
        DatabaseProof proof = timeline.during(step.id(), () -> restoreAndCompare(step, order));
        timeline.remark(step.id(), proof.isProven() ? describe(proof) : proof.differenceCount() + " differences");
        proofs.add(proof);
    }

    void proveArchive(ArchiveName archive) {
        Step step = plan.step(BackupSteps.proveArchive(archive)).fill(slots);
        ArchiveProof proof = timeline.during(
                step.id(), () -> unpackAndCompare(step, new ProveArchiveOrder(step, manifest, archive)));
        timeline.remark(
                step.id(),
                proof.isProven()
                        ? Quantities.plural(proof.entries(), "path") + " equal"
                        : proof.differenceCount() + " differences");
        archives.add(proof);
    }

    void proveRedis(RedisName name) {
        Step step = plan.step(BackupSteps.proveRedis(name)).fill(slots);
        RedisProof proof =
                timeline.during(step.id(), () -> loadAndCount(step, new ProveRedisOrder(step, manifest, name)));
        timeline.remark(
                step.id(),
                proof.isProven()
                        ? Quantities.plural(proof.keys(), "key") + " loaded"
                        : proof.differences().size() + " differences");
        redis.add(proof);
    }

    private static RedisProof loadAndCount(Step step, ProveRedisOrder order) {
        try {
            return BackupStubs.lengthy(step).proveRedis(order);
        } catch (ActivityFailure failed) {
            return new RedisProof(order.redis(), 0, 0, List.of(asDifference(failed, order.redis())), Duration.ZERO);
        }
    }

    private static ArchiveProof unpackAndCompare(Step step, ProveArchiveOrder order) {
        try {
            return BackupStubs.lengthy(step).proveArchive(order);
        } catch (ActivityFailure failed) {
            return new ArchiveProof(
                    order.archive(), 0, 0, 0, 1, List.of(asDifference(failed, order.archive())), Duration.ZERO);
        }
    }

    /** An artefact that cannot be restored is a verdict; a scratch cluster that could not be made is not. */
    private static DatabaseProof restoreAndCompare(Step step, ProveOrder order) {
        try {
            return BackupStubs.lengthy(step).proveDatabase(order);
        } catch (ActivityFailure failed) {
            return new DatabaseProof(
                    order.database(),
                    0,
                    0,
                    1,
                    List.of(asDifference(failed, order.database())),
                    Duration.ZERO,
                    Duration.ZERO);
        }
    }

    private static Difference asDifference(ActivityFailure failed, Object subject) {
        if (!BackupFailures.isVerdict(failed)) {
            throw failed;
        }
        String fact = Failure.in(failed).map(Failure::fact).orElseGet(() -> Failure.messageOf(failed));
        return new Difference("restore of " + subject, "a whole copy", fact);
    }

    Proof verdict() {
        boolean proven = proofs.stream().allMatch(DatabaseProof::isProven)
                && archives.stream().allMatch(ArchiveProof::isProven)
                && redis.stream().allMatch(RedisProof::isProven);
        return new Proof(
                Proof.FORMAT,
                manifest.set(),
                proven ? Proof.Verdict.PROVEN : Proof.Verdict.FAILED,
                source,
                Instant.ofEpochMilli(Workflow.currentTimeMillis()),
                Workflow.getInfo().getWorkflowId() + "/" + Workflow.getInfo().getRunId(),
                proofs,
                archives,
                redis);
    }

    /** Ends the run in failure when the set does not restore; the verdict is recorded by then. */
    static void require(Proof proof) {
        if (proof.verdict() == Proof.Verdict.PROVEN) {
            return;
        }
        String differences = Stream.of(
                        proof.databases().stream().flatMap(p -> first(p.database(), p.differences())),
                        proof.archives().stream().flatMap(p -> first(p.archive(), p.differences())),
                        proof.redis().stream().flatMap(p -> first(p.redis(), p.differences())))
                .flatMap(each -> each)
                .collect(Collectors.joining("; "));
        int count = proof.databases().stream()
                        .mapToInt(DatabaseProof::differenceCount)
                        .sum()
                + proof.archives().stream()
                        .mapToInt(ArchiveProof::differenceCount)
                        .sum()
                + proof.redis().stream().mapToInt(p -> p.differences().size()).sum();
        throw new Failure(
                        FailureType.RESTORE_DIFFERS,
                        "set " + proof.set() + " from " + proof.source()
                                + " does not restore to what it was taken from, " + count
                                + (count == 1 ? " difference: " : " differences: ") + differences,
                        "keep the older proven set, look at this one with `windlass backup show " + proof.set()
                                + "`, and run `windlass backup run` once the cause is found.",
                        "backup.md#restore-differs")
                .asException();
    }

    private static Stream<String> first(Object subject, List<Difference> differences) {
        return differences.stream().limit(3).map(difference -> subject + ": " + difference);
    }

    private static String describe(DatabaseProof proof) {
        return Quantities.plural(proof.tables(), "table") + " and " + Quantities.plural(proof.rows(), "row") + " equal";
    }
}
