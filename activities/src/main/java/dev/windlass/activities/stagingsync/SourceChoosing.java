package dev.windlass.activities.stagingsync;

import dev.windlass.activities.backup.ProvenSets;
import dev.windlass.activities.backup.ScratchUser;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.runbooks.config.Database;
import dev.windlass.runbooks.config.StagingSync;
import dev.windlass.runbooks.stagingsync.SourceOfCopy;
import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.stagingsync.BackupSource;
import dev.windlass.workflows.stagingsync.SourceChoice;
import dev.windlass.workflows.stagingsync.StagingSyncRequest;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** What a copy is made of: last night's proven backup costs production nothing. */
final class SourceChoosing {
    private final StagingSyncParts parts;
    private final StepContext context;
    private final Database source;
    private final StagingSync sync;

    SourceChoosing(StagingSyncParts parts, StepContext context, Database source, StagingSync sync) {
        this.parts = parts;
        this.context = context;
        this.source = source;
        this.sync = sync;
    }

    SourceOfCopy choose(StagingSyncRequest request) {
        SourceChoice choice = request.source().orElse(sync.source());
        return switch (choice) {
            case PRODUCTION ->
                new SourceOfCopy.Production(
                        request.instead().isPresent() ? "no set could be restored" : "it was asked for");
            case BACKUP -> youngEnough(choice, newest());
            case AUTO -> youngOrProduction(choice);
        };
    }

    private SourceOfCopy youngOrProduction(SourceChoice choice) {
        try {
            return youngEnough(choice, newest());
        } catch (ApplicationFailure none) {
            return new SourceOfCopy.Production(
                    Failure.in(none).map(Failure::fact).orElse("the sets could not be looked at"));
        }
    }

    private ProvenSets.Found newest() {
        return new ProvenSets(parts.backup(), context)
                .newestOf(source.name())
                .orElseThrow(() -> StagingSyncFailures.failure(
                        FailureType.NOT_FOUND,
                        "there is no proven set of database " + source.name() + " that this machine can open",
                        "make one by windlass backup run, or type --from production",
                        "source"));
    }

    private SourceOfCopy youngEnough(SourceChoice choice, ProvenSets.Found found) {
        BackupSource set = new BackupSource(found.manifest(), found.summary().snapshotAt(), choice);
        Duration age = Duration.between(
                found.summary().snapshotAt(), parts.backup().clock().instant());
        if (age.compareTo(sync.maxAge()) > 0) {
            throw StagingSyncFailures.failure(
                    FailureType.PRECONDITION,
                    "the newest proven set is " + set.copied().words() + ", and max_age is "
                            + sync.maxAge().toHours() + " h",
                    "make a new one by windlass backup run, or type --from production",
                    "source");
        }
        return new SourceOfCopy.Backup(
                set,
                found.source(),
                ScratchUser.of(parts.backup().operations().backup().scratch()));
    }
}
