package dev.windlass.activities.files;

/**
 * One file, directory or link as it was found.
 *
 * @param path relative to where the walk began
 * @param mode the permission bits, octal, such as {@code 0640}
 * @param owner its name, or its number where it has none
 * @param modified seconds since 1970
 * @param content of a file its SHA-256, of a link where it points to, of a directory nothing
 * @param moving whether it may have changed while it was archived, so that the archive may hold it in another state
 */
public record FileFacts(
        String path,
        Kind kind,
        String mode,
        String owner,
        String group,
        long bytes,
        long modified,
        String content,
        boolean moving) {
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK
    }

    /** The order of a walk: a directory, then what lies in it, by name. */
    int comparePlace(FileFacts other) {
        return place(path).compareTo(place(other.path));
    }

    static String place(String path) {
        return path.replace('/', '\0');
    }
}
