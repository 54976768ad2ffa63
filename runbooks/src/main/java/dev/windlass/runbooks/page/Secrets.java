package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.SecretReference;

/** Secrets in by-hand commands: named, and read by the shell at the moment of use. */
final class Secrets {
    private Secrets() {}

    /** A word that becomes the value; for assignments and for built-in commands, which have no argv. */
    static String valueOf(SecretReference secret) {
        return secret.value().startsWith("env:")
                ? "\"$" + secret.value().substring("env:".length()) + "\""
                : "\"$(cat " + ShellWords.word(path(secret)) + ")\"";
    }

    static boolean isFile(SecretReference secret) {
        return secret.file().isPresent();
    }

    static String path(SecretReference secret) {
        return secret.file().orElseThrow();
    }
}
