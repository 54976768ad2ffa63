package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ArchiveName;
import java.util.List;

/**
 * Files that every set holds beside the databases.
 *
 * @param paths files and directories with everything below them; absolute, none within another
 * @param exclude what is left out, with everything below it; absolute
 */
public record Archive(ArchiveName name, List<String> paths, List<String> exclude) {
    /** ops.yml itself and the audit log: in every set, and no name for the team's own files. */
    public static final ArchiveName OWN = new ArchiveName("windlass");

    public Archive {
        paths = List.copyOf(paths);
        exclude = List.copyOf(exclude);
    }
}
