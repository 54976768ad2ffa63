package dev.windlass.activities.backup;

import dev.windlass.activities.effects.StepContext;
import dev.windlass.activities.files.FileWalk;
import dev.windlass.runbooks.backup.ArchiveObservation;
import dev.windlass.runbooks.config.Archive;
import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How much there is to archive. */
final class ArchiveLook {
    private final StepContext context;

    ArchiveLook(StepContext context) {
        this.context = context;
    }

    ArchiveObservation at(Archive archive) {
        List<String> paths = new ArrayList<>();
        for (String path : archive.paths()) {
            if (isThere(archive, Path.of(path))) {
                paths.add(path);
            }
        }
        Count count = ArchiveFailures.reading(archive.name(), () -> countIn(archive, paths));
        return new ArchiveObservation(archive.name(), paths, archive.exclude(), count.entries, count.bytes);
    }

    private Count countIn(Archive archive, List<String> paths) throws IOException {
        Count count = new Count();
        walkOf(archive.exclude()).from(paths.stream().map(ArchiveLook::below).toList(), (file, path, attributes) -> {
            if (Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
                count.bytes += (Long) Objects.requireNonNull(attributes.get("size"));
            }
            if (count.entries++ % 1000 == 0) {
                context.pulse()
                        .beat(new Progress(
                                "look at files",
                                count.entries,
                                Optional.empty(),
                                "steps",
                                archive.name().value()));
            }
        });
        return count;
    }

    private static boolean isThere(Archive archive, Path path) {
        if (Files.isSymbolicLink(path)) {
            throw ArchiveFailures.link(archive.name(), path.toString());
        }
        boolean exists = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        if (!exists && !archive.later().contains(path.toString())) {
            throw archive.name().equals(Archive.OWN)
                    ? ArchiveFailures.ownMissing(path.toString())
                    : ArchiveFailures.missing(archive.name(), path.toString());
        }
        return exists;
    }

    static FileWalk walkOf(List<String> exclude) {
        return new FileWalk(
                Path.of("/"), exclude.stream().map(ArchiveLook::below).toList());
    }

    /** Relative to the root, as in an archive. */
    static String below(String path) {
        return path.substring(1);
    }

    private static final class Count {
        private long entries;
        private long bytes;
    }
}
