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
    /** What Windlass itself was told and has done: in every set, and no name for the team's own files. */
    public static final ArchiveName OWN = new ArchiveName("windlass");

    /** Begins with the first thing there is to tell; everything else that is named must be there. */
    public static final String AUDIT_LOG = "audit.jsonl";

    public Archive {
        paths = List.copyOf(paths);
        exclude = List.copyOf(exclude);
    }
}
