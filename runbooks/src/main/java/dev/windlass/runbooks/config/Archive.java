package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.ArchiveName;
import java.util.List;

/**
 * Files that every set holds beside the databases.
 *
 * @param paths files and directories with everything below them; absolute, none within another
 * @param exclude what is left out, with everything below it; absolute
 * @param later those of the paths that need not be there yet
 */
public record Archive(ArchiveName name, List<String> paths, List<String> exclude, List<String> later) {
    /** What Windlass itself was told and has done: in every set, and no name for the team's own files. */
    public static final ArchiveName OWN = new ArchiveName("windlass");

    public Archive {
        paths = List.copyOf(paths);
        exclude = List.copyOf(exclude);
        later = List.copyOf(later);
    }

    /** Of which everything that is named must be there. */
    public Archive(ArchiveName name, List<String> paths, List<String> exclude) {
        this(name, paths, exclude, List.of());
    }
}
