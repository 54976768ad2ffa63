package dev.windlass.activities.backup;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepToken;
import dev.windlass.activities.sealing.AgeSealedFiles;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.CommandShell;
import dev.windlass.activities.shell.EnvironmentSecrets;
import dev.windlass.activities.shell.Launchers;
import dev.windlass.activities.shell.Secrets;
import dev.windlass.activities.storage.ConfiguredObjectStores;
import dev.windlass.runbooks.backup.DatabaseObservation;
import dev.windlass.runbooks.backup.PlanOfBackup;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.OpsFile;
import dev.windlass.runbooks.config.OpsFileReading;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.BackupRequest;
import dev.windlass.workflows.backup.BackupSteps;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DumpOrder;
import dev.windlass.workflows.backup.DumpReceipt;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.backup.ProveOrder;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.Effect.ObjectCall;
import dev.windlass.workflows.kernel.Plan;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What {@code benchmarks/backup/run} measures of us: the activities' own code, without Temporal around it. Argument: an
 * ops.yml with one database and a remote store. Each line of standard input is a job: {@code backup}, {@code prove} (the
 * last backup), {@code forget} (its files on this machine).
 */
final class BackupBenchmark {
    private static final String ATTEMPT = "00000000-1";

    private final BackupParts parts;
    private final Database database;
    private final Plan plan;
    private @Nullable Manifest last;

    private BackupBenchmark(Operations operations, EffectJournal journal) {
        Secrets secrets = new EnvironmentSecrets(System.getenv());
        AgeSealedFiles sealedFiles = new AgeSealedFiles(secrets);
        this.database = operations.database(operations.backup().databases().getFirst());
        this.parts = new BackupParts(
                operations,
                new CommandShell(Launchers.detect(), secrets, sealedFiles),
                sealedFiles,
                new ConfiguredObjectStores(operations, secrets),
                new SetIdentities(Path.of(operations.state())),
                new PostgresConnections(secrets),
                journal,
                Clock.systemUTC());
        DatabaseObservation seen = new DatabaseObservation(
                database.name(),
                "of the sample",
                database.tools().orElseThrow(),
                "of the sample",
                0,
                DatabaseObservation.Role.SUPERUSER);
        this.plan = new PlanOfBackup(operations, scratchUser(operations))
                .plan(new BackupRequest(List.of(), "benchmark"), List.of(seen), List.of(), List.of());
    }

    public static void main(String... arguments) throws IOException {
        BenchmarkProtocol protocol = new BenchmarkProtocol();
        BackupBenchmark benchmark = switch (OpsFile.read(Path.of(arguments[0]))) {
            case OpsFileReading.Accepted accepted -> new BackupBenchmark(accepted.operations(), protocol);
            case OpsFileReading.Refused refused -> throw new IllegalArgumentException(refused.text());
        };
        protocol.done("start", 0);
        for (Optional<String> job = protocol.next(); job.isPresent(); job = protocol.next()) {
            switch (job.get()) {
                case "backup" -> protocol.done("backup", benchmark.backup());
                case "prove" -> protocol.done("prove", benchmark.prove());
                case "forget" -> protocol.done("forget", benchmark.forget());
                default -> throw new IllegalArgumentException("unknown job " + job.get());
            }
        }
    }

    /** @return the bytes of all files of the set */
    private long backup() throws IOException {
        SetId set = SetId.of(Instant.now(), UUID.randomUUID().toString());
        DurableFiles.makeDirectories(parts.localFile("sets/" + set));
        Slots slots = Slots.of("set", set.value())
                .with("recipient", parts.identities().ensure(set));
        Step dump = plan.step(BackupSteps.dump(database.name())).fill(slots);
        DumpReceipt receipt =
                new DatabaseDump(parts).dump(new DumpOrder(dump, set, database.name()), context(dump), ATTEMPT);
        Step upload = plan.step(BackupSteps.upload(database.name())).fill(slots).fill(Slots.of("attempt", ATTEMPT));
        for (Artefact artefact : receipt.artefacts()) {
            send(artefact, upload);
        }
        last = new Manifest(
                Manifest.FORMAT,
                set,
                Instant.now(),
                "benchmark",
                plan.digest(),
                List.of(receipt.summary()),
                List.of(),
                List.of(),
                receipt.artefacts(),
                List.of());
        return receipt.artefacts().stream().mapToLong(Artefact::bytes).sum();
    }

    private void send(Artefact artefact, Step upload) {
        ObjectCall call = upload.objectCalls().stream()
                .filter(each -> each.key().equals(artefact.key()) && each.file().isPresent())
                .findFirst()
                .orElseThrow();
        parts.stores()
                .store(call.store())
                .upload(parts.localFile(artefact.key()), artefact.key(), artefact.sha256(), context(upload));
    }

    /** @return how many rows were compared */
    private long prove() {
        Manifest manifest = lastSet();
        Step step = plan.step(BackupSteps.prove(database.name()))
                .fill(Slots.of("set", manifest.set().value()));
        DatabaseProof proof = new DatabaseProving(parts)
                .prove(
                        new ProveOrder(
                                step, manifest.set(), database.name(), manifest, BackupPolicy.LOCAL, Optional.empty()),
                        context(step));
        if (!proof.isProven()) {
            throw new IllegalStateException("the restored copy differs: " + proof.differences());
        }
        return proof.rows();
    }

    private long forget() throws IOException {
        List<Artefact> artefacts = lastSet().artefacts();
        for (Artefact artefact : artefacts) {
            Files.delete(parts.localFile(artefact.key()));
        }
        last = null;
        return artefacts.size();
    }

    private Manifest lastSet() {
        if (last == null) {
            throw new IllegalStateException("there is no backup yet");
        }
        return last;
    }

    private StepContext context(Step step) {
        return new StepContext(new StepToken("benchmark", "run", step.id()), progress -> {}, parts.journal());
    }

    private static Optional<String> scratchUser(Operations operations) {
        boolean root = System.getProperty("user.name").equals("root");
        return root ? Optional.of(operations.backup().scratch().user()) : Optional.empty();
    }
}
