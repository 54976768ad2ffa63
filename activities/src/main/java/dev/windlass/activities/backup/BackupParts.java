package dev.windlass.activities.backup;

import dev.windlass.activities.effects.EffectJournal;
import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.effects.StepContexts;
import dev.windlass.activities.sealing.SealedFiles;
import dev.windlass.activities.sealing.SealedReceipt;
import dev.windlass.activities.sealing.SetIdentities;
import dev.windlass.activities.shell.Shell;
import dev.windlass.activities.storage.ObjectStores;
import dev.windlass.activities.storage.SetCatalogue;
import dev.windlass.runbooks.config.BackupPolicy;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.workflows.backup.Artefact;
import dev.windlass.workflows.kernel.StepId;
import dev.windlass.workflows.kernel.StoreName;
import io.temporal.activity.Activity;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Everything the backup activities work with. */
public record BackupParts(
        Operations operations,
        Shell shell,
        SealedFiles sealedFiles,
        ObjectStores stores,
        SetIdentities identities,
        PostgresConnections connections,
        EffectJournal journal,
        Clock clock) {
    public StepContext context(StepId step) {
        return StepContexts.of(Activity.getExecutionContext(), step, journal);
    }

    /** Names this attempt: the run, and which attempt of the activity. A reset run has another id, so no name comes back. */
    static String attempt() {
        var info = Activity.getExecutionContext().getInfo();
        return info.getRunId().replace("-", "").substring(0, 8) + "-" + info.getAttempt();
    }

    /** What the backup directory and the remote store hold. */
    public SetCatalogue.Contents contents(StepContext context) {
        List<StoreName> names = new ArrayList<>(List.of(BackupPolicy.LOCAL));
        operations.backup().remote().ifPresent(names::add);
        return new SetCatalogue(stores, names).read(context);
    }

    /** @param path of the sealed file in the backup directory */
    Artefact artefact(Artefact.Kind kind, Object subject, String path, SealedReceipt sealed) {
        String key = localFile("").relativize(Path.of(path)).toString();
        return new Artefact(kind, subject.toString(), key, sealed.bytes(), sealed.plainBytes(), sealed.sha256());
    }

    Path localFile(String key) {
        return Path.of(operations.backup().directory()).resolve(key);
    }
}
