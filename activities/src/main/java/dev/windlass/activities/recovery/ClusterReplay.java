package dev.windlass.activities.recovery;

import dev.windlass.activities.backup.BackupParts;
import dev.windlass.activities.backup.ScratchProcesses;
import dev.windlass.activities.backup.ScratchSpace;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.protect.BackRest;
import dev.windlass.activities.recovery.ServerLog.DamagedSegment;
import dev.windlass.activities.shell.CommandResult;
import dev.windlass.runbooks.recovery.ReplayEffects;
import dev.windlass.runbooks.recovery.ReplayStep;
import dev.windlass.workflows.kernel.Effect.Command;
import dev.windlass.workflows.kernel.Slots;
import dev.windlass.workflows.kernel.Step;
import dev.windlass.workflows.protect.PhysicalBackup;
import dev.windlass.workflows.recovery.ReplayedCluster;
import dev.windlass.workflows.recovery.RepositorySeen;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of the lost machine by pgBackRest, where it belongs. Safe to run twice: the server of an earlier attempt is
 * ended, and what it restored is compared with the backup and not fetched again.
 */
final class ClusterReplay {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern PREPARED = Pattern.compile("max_prepared_xacts setting:\\s+(\\d+)");

    /** Beside the cluster: WAL that is replayed before a checkpoint recycles it. */
    private static final long WAL = 5L << 30;

    private final BackupParts parts;
    private final ReplayEffects effects;
    private final String superuser;
    private final StepContext context;
    private final BackRest backRest;
    private final Path data;

    /** @param superuser the lost server's first */
    ClusterReplay(BackupParts parts, ReplayEffects effects, String superuser, StepContext context) {
        this.parts = parts;
        this.effects = effects;
        this.superuser = superuser;
        this.context = context;
        this.backRest = new BackRest(parts.shell(), effects.cluster(), context);
        this.data = Path.of(effects.server().data());
    }

    /** What lies in the repository, which is ready for {@link #replay} then. */
    RepositorySeen look(Step step) {
        parts.shell().fence(context);
        Command info = step.command("pgbackrest");
        step.commands().stream().filter(command -> !command.equals(info)).forEach(this::run);
        PhysicalBackup backup = new PhysicalBackups(effects.lost(), backRest.repository(info, LIMIT)).newest();
        long free = ScratchSpace.usable(data);
        if (free < backup.databaseBytes() + WAL) {
            throw VpsFailures.noRoomForCluster(backup.databaseBytes() + WAL, free);
        }
        return new RepositorySeen(backup.label(), backup.end(), backup.databaseBytes());
    }

    /**
     * Its server runs afterwards, as the machine's own service.
     *
     * @param set when the set was taken, which is the better one where WAL ends before
     */
    ReplayedCluster replay(Step step, Instant set) {
        parts.shell().fence(context);
        ReplayStep commands = ReplayStep.in(step);
        end(commands.end());
        ScratchProcesses.endAll(data);
        ReplayNote note = new ReplayNote(Path.of(effects.server().places().replayed()));
        try {
            ReplayedCluster replayed = note.read().orElseGet(() -> replay(commands, note, set));
            run(commands.cleanUp());
            run(commands.service());
            return replayed;
        } catch (RuntimeException failed) {
            parts.shell().fence(context);
            ScratchProcesses.endAll(data);
            throw failed;
        }
    }

    /** No server runs afterwards. */
    private ReplayedCluster replay(ReplayStep commands, ReplayNote note, Instant set) {
        BackRest.Repository repository = backRest.repository(commands.info(), LIMIT);
        PhysicalBackups backups = new PhysicalBackups(effects.lost(), repository);
        long since = System.nanoTime();
        PhysicalBackup backup = backups.restore(commands.restore(), backRest);
        Duration restore = Duration.ofNanos(System.nanoTime() - since);
        long replaying = System.nanoTime();
        run(commands.layAside());
        run(commands.forget());
        run((Command) Slots.of(ReplayEffects.PREPARED, prepared(commands.controlData()))
                .fill(commands.afterwards()));
        ReplayingServer server = new ReplayingServer(parts, effects, superuser, context);
        Optional<DamagedSegment> damaged = server.replay(commands);
        List<String> findings = new ArrayList<>(backups.findings());
        Optional<String> early =
                endsEarly(repository.newestWal().get(backup.label()), server.position(commands.position()), damaged);
        Optional<Instant> last = server.lastCommit(commands.last());
        Instant until = last.orElse(backup.end());
        if (early.isPresent() && until.isBefore(set)) {
            throw VpsFailures.walOlderThanSet(early.get(), until, set);
        }
        early.ifPresent(findings::add);
        ReplayedCluster replayed = new ReplayedCluster(
                backup.label(), last, restore, Duration.ofNanos(System.nanoTime() - replaying), findings);
        note.write(replayed);
        run(commands.stop());
        return replayed;
    }

    /** Where a moment was named, the end is another, and one that was not reached is a failure. */
    private Optional<String> endsEarly(
            @Nullable String newest, ReplayedWal replayed, Optional<DamagedSegment> damaged) {
        if (newest == null || effects.lost().to().isPresent() || replayed.hasReached(newest)) {
            return Optional.empty();
        }
        String why = damaged.map(segment -> segment.name() + " is damaged in the bucket: " + segment.words())
                .orElse("one between them is missing");
        return Optional.of("THE WAL OF CLUSTER " + effects.lost().name() + " ENDS EARLY, in segment " + replayed.words()
                + ", and the newest that was archived is " + newest + ": " + why
                + ", and what was committed after it is not there");
    }

    /** Of an attempt that was left, or had come to its end. */
    private void end(Command command) {
        CommandResult result = parts.shell().run(command, context);
        if (!command.isSuccess(result.exitCode())) {
            result.orFail(VpsFailures.HINT, VpsFailures.COMMAND);
        }
    }

    private String prepared(Command controlData) {
        return parts.shell().run(controlData, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND).output().stream()
                .map(PREPARED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("0");
    }

    private void run(Command command) {
        parts.shell().run(command, context).orFail(VpsFailures.HINT, VpsFailures.COMMAND);
    }
}
