package dev.windlass.workflows.kernel;

/** Checks of paths inside plans; slots such as {@code {set}} may still stand in them. */
final class Paths {
    private Paths() {}

    static String requireAbsolute(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path \"" + path + "\" must be absolute");
        }
        return path;
    }
}
