package dev.windlass.activities.backup;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.Quantities;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where files of a set are to go: a place where nothing is, in a directory that is there, with room. */
final class FilesTarget {
    private static final Pattern FORM = Pattern.compile("(/[^/{}\\p{Cntrl}]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.\\.?(/.*)?");

    /** A file system is slow, and its owner unhappy, before the last block is gone. */
    private static final long MARGIN = 64L << 20;

    private FilesTarget() {}

    static void require(String into, long bytes) {
        if (!FORM.matcher(into).matches() || DOTS.matcher(into).matches()) {
            throw failure(
                    FailureType.CONFIGURATION,
                    "\"" + into + "\" is not an absolute path that can be used here",
                    "write it in full: below /, without //, ., .. and braces.",
                    "configuration");
        }
        Path path = Path.of(into);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(path);
        }
        Path parent = path.resolveSibling("");
        if (!Files.isDirectory(parent)) {
            throw failure(
                    FailureType.NOT_FOUND,
                    "there is no directory " + parent + " to make " + into + " in",
                    "make it first, or choose another place.",
                    "configuration");
        }
        requireRoom(path, bytes);
    }

    static void requireRoom(Path into, long bytes) {
        try {
            long free = Files.getFileStore(into.resolveSibling("")).getUsableSpace();
            if (free < bytes + MARGIN) {
                throw failure(
                        FailureType.DISK_FULL,
                        "the files need " + Quantities.bytes(bytes + MARGIN) + " at " + into + ", "
                                + Quantities.bytes(free) + " are free",
                        "make room, or choose a place on another file system.",
                        "disk-full");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static ApplicationFailure taken(Path into) {
        return failure(
                FailureType.ALREADY_EXISTS,
                into + " is there already",
                "restore into another place; a restore never overwrites.",
                "already-exists");
    }

    private static ApplicationFailure failure(FailureType type, String fact, String hint, String place) {
        return new Failure(type, fact, hint, "restore-files.md#" + place).asException();
    }
}
