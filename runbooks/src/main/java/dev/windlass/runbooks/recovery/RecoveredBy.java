package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.backup.ArchiveSummary;
import dev.windlass.workflows.backup.Manifest;
import java.util.List;

/**
 * The file by which a machine knows that it is the one that was recovered: the number of the claim, in Windlass's state
 * directory. A machine whose file is not there, or has a lower number than the last recovery of the bucket, is the lost one.
 */
public final class RecoveredBy {
    private static final String STATE = "/var/lib/windlass";
    private static final String AUDIT = "/audit.jsonl";

    private RecoveredBy() {}

    /** @param state Windlass's own directory */
    public static String file(String state) {
        return state + "/recovered";
    }

    /** Where the lost machine had it: every set has the audit log, which lies there. */
    static String state(Manifest manifest) {
        return manifest.archives().stream()
                .filter(archive -> archive.archive().equals(Archive.OWN))
                .map(ArchiveSummary::paths)
                .flatMap(List::stream)
                .filter(path -> path.endsWith(AUDIT))
                .map(path -> path.substring(0, path.length() - AUDIT.length()))
                .filter(path -> !path.isEmpty())
                .findFirst()
                .orElse(STATE);
    }

    /** @return what a person types on the machine that goes on after all */
    public static String lift(String state, int number) {
        return "echo %06d | sudo tee %s".formatted(number, file(state));
    }
}
