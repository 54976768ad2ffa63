package dev.windlass.runbooks.config;

import java.nio.file.Path;
import java.util.List;

/** What must not lie in the same place. */
final class Directories {
    private Directories() {}

    static void requireApart(Operations operations, Section backup, Section root) {
        String state = operations.state();
        String sets = operations.backup().directory();
        String scratch = operations.backup().scratch().directory();
        if (isWithin(sets, state) || isWithin(state, sets)) {
            backup.report(
                    "directory",
                    sets + " and the state directory " + state + " lie in one another",
                    "choose another directory: whoever may copy the sets must not find their identities beside them");
        }
        if (isWithin(scratch, state)) {
            backup.report(
                    "scratch",
                    scratch + " lies in the state directory " + state + ", which only root may enter",
                    "choose a directory that the scratch user can reach");
        }
        if (isWithin(scratch, sets) || isWithin(sets, scratch)) {
            backup.report(
                    "scratch",
                    scratch + " and the backup directory " + sets + " lie in one another",
                    "choose another directory: what is left in the scratch directory is removed");
        }
        operations.backup().archives().forEach(archive -> requireApart(archive, operations, backup));
        operations.stores().values().forEach(store -> {
            if (store instanceof Store.DirectoryStore directory && isWithin(directory.path(), sets)) {
                root.report(
                        "stores",
                        "store \"" + directory.name() + "\" lies in the backup directory " + sets,
                        "choose a directory on another disk: a copy beside the original is lost with it");
            }
        });
    }

    /** A set within a set grows every night, and an identity in a set opens the older ones. */
    private static void requireApart(Archive archive, Operations operations, Section backup) {
        String path = archive.paths().getFirst();
        for (String own : List.of(
                operations.state(),
                operations.backup().directory(),
                operations.backup().scratch().directory())) {
            boolean isLeftOut = archive.exclude().stream().anyMatch(left -> isWithin(own, left));
            if (isWithin(path, own) || (isWithin(own, path) && !isLeftOut)) {
                backup.report(
                        "files",
                        path + " of \"" + archive.name() + "\" and Windlass's own directory " + own
                                + " lie in one another",
                        "choose another path, or leave it out: exclude: [" + own + "]");
            }
        }
    }

    /** A path that was missing or refused is reported already. */
    private static boolean isWithin(String inner, String outer) {
        boolean known = !inner.equals(Forms.PATH.standIn()) && !outer.equals(Forms.PATH.standIn());
        return known && Path.of(inner).startsWith(Path.of(outer));
    }
}
