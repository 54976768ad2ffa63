package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.DatabaseFacts;
import dev.windlass.activities.backup.OwnNameRestore;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.recovery.PlanOfRecoverVps;
import dev.windlass.runbooks.recovery.RecoveryPlaces;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ServerEffects;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.backup.DatabaseProof;
import dev.windlass.workflows.backup.DatabaseSummary;
import dev.windlass.workflows.backup.Manifest;
import dev.windlass.workflows.kernel.Channel;
import dev.windlass.workflows.kernel.DatabaseName;
import dev.windlass.workflows.kernel.Effect;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.recovery.LostCluster;
import dev.windlass.workflows.recovery.ReadDatabase;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The server that only root reaches, and what comes into it. */
final class ServerRestore {
    private static final String EXISTS = "already exists";

    private final BackupParts parts;
    private final RecoveryPlaces places;
    private final Manifest manifest;
    private final StepContext context;
    private final LocaleNames locales;
    private final ServerEffects effects;

    ServerRestore(
            BackupParts parts, RecoveryPlaces places, Manifest manifest, StepContext context, LocaleNames locales) {
        this.parts = parts;
        this.places = places;
        this.manifest = manifest;
        this.context = context;
        this.locales = locales;
        this.effects = new ServerEffects(
                places,
                PlanOfRecoverVps.major(manifest)
                        .orElseThrow(
                                () -> new IllegalArgumentException("set " + manifest.set() + " holds no database")));
    }

    void make(Step step) {
        parts.shell().fence(context);
        requireMark();
        clear(step);
        List<DatabaseFacts> facts = manifest.databases().stream()
                .map(DatabaseSummary::database)
                .map(this::facts)
                .toList();
        Step known = step.fill(
                Slots.of(ServerEffects.LOCALES, locales.lines(facts)).with(ServerEffects.SUPERUSER, superuser()));
        known.commands().forEach(this::run);
    }

    /** What an attempt before has made, which nobody but a recovery can have reached. */
    private void clear(Step step) {
        boolean isConfigured = Files.exists(Path.of(effects.configuration()));
        if (!isConfigured && !Files.exists(Path.of(effects.data()))) {
            return;
        }
        for (Effect effect : step.undo()) {
            Command command = (Command) effect;
            if (command.program().equals("rm")) {
                // Of a replay that was killed: no service knows it.
                ScratchProcesses.endAll(Path.of(effects.data()));
                run(command);
            } else if (isConfigured) {
                parts.shell()
                        .run(command, context); // of half a cluster it knows nothing; what it leaves is removed next
            }
        }
    }

    /** @return errors other than that a role is there already: each set of a server's databases has all of its roles */
    List<String> restoreRoles(Step step) {
        parts.shell().fence(context);
        requireMark();
        CommandResult result = parts.shell().run(filled(step).command("psql"), context);
        List<String> errors = result.errorTail().stream()
                .filter(line -> line.contains("ERROR:") || line.contains("FATAL:"))
                .filter(line -> !line.endsWith(EXISTS))
                .map(line -> line.replaceFirst("^psql:[^:]*:\\d+: ", ""))
                .toList();
        if (errors.isEmpty()) {
            result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
        }
        return errors;
    }

    DatabaseProof restoreDatabase(Step step, DatabaseName database) {
        requireMark();
        return new OwnNameRestore(parts, context)
                .restore(
                        filled(step),
                        facts(database),
                        new OwnNameRestore.Server(places.socket(), places.port(), superuser(), effects.tools()),
                        name -> requireFree(name, database));
    }

    RepositorySeen lookIntoRepository(Step step, ReplayEffects replay) {
        requireMark();
        return new ClusterReplay(parts, replay, superuser(), context).look(step);
    }

    ReplayedCluster replay(Step step, ReplayEffects replay) {
        requireMark();
        return new ClusterReplay(parts, replay, superuser(), context).replay(step, newestSnapshot());
    }

    private Instant newestSnapshot() {
        return manifest.databases().stream()
                .map(DatabaseSummary::snapshotAt)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    ReadDatabase read(Step step, LostCluster lost, DatabaseName database) {
        requireMark();
        return new RecoveredDatabase(
                        parts, RecoveredDatabase.named(lost.called(database), database, effects, superuser()), context)
                .read(step, facts(database));
    }

    /** @param bucket where the repository is */
    ReplayEffects replaying(LostCluster lost, RecoveryBucket bucket) {
        return new ReplayEffects(effects, lost, bucket);
    }

    /** Databases of several servers come into one: none may drop another of the same name. */
    private void requireFree(String name, DatabaseName database) {
        Path note = Path.of(places.names(), URLEncoder.encode(name, StandardCharsets.UTF_8));
        try {
            DurableFiles.makeDirectories(Path.of(places.names()));
            Path part = DurableFiles.partOf(note);
            Files.writeString(part, database.value());
            if (!DurableFiles.publishIfAbsent(part, note)) {
                String other = Files.readString(note);
                if (!other.equals(database.value())) {
                    throw VpsFailures.sameName(name, other, database);
                }
            }
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, note);
        }
    }

    private Step filled(Step step) {
        return step.fill(Slots.of(ServerEffects.SUPERUSER, superuser())
                .with("token", context.token().abbreviated()));
    }

    /** Of the server that most of it comes from: roles were granted by it. */
    private String superuser() {
        return facts(manifest.databases().getFirst().database()).superuser();
    }

    private DatabaseFacts facts(DatabaseName database) {
        return new OwnNameRestore(parts, context)
                .facts(new Channel.OpenedFile(
                        places.backups() + "/"
                                + manifest.artefact(Artefact.Kind.FACTS, database)
                                        .key(),
                        places.identity()));
    }

    private void requireMark() {
        if (!Files.exists(Path.of(places.mark()))) {
            throw VpsFailures.noMark(places.mark());
        }
    }

    private void run(Command command) {
        parts.shell().run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND);
    }
}
