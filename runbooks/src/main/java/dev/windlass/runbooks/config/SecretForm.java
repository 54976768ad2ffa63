package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.SecretReference;

/** A reference to a secret. What is refused may be the secret itself, so it is never repeated. */
final class SecretForm {
    private static final String WANTED = "env:NAME or file:/absolute/path";

    static final Form<SecretReference> SECRET =
            new Form<>(WANTED, new SecretReference("env:MISSING"), SecretForm::reference);

    /** Of secrets that every set holds: what a file is can be put back by restoring files. */
    static final Form<SecretReference> FILE = new Form<>(
                    "file:/absolute/path", new SecretReference("file:/missing"), SecretForm::reference)
            .and(secret -> {
                if (secret.file().isEmpty()) {
                    throw new Misfit(
                            "this secret must stand in a file: every set holds it, encrypted",
                            "write file:/absolute/path, and the secret there, readable by the worker alone");
                }
            });

    private SecretForm() {}

    private static SecretReference reference(Scalar scalar) throws Misfit {
        String text = scalar.text().strip();
        try {
            return new SecretReference(text);
        } catch (IllegalArgumentException refused) {
            if (text.startsWith("file:")) {
                throw new Misfit("file: is not followed by an absolute path", "write file:/run/secrets/name");
            }
            if (text.startsWith("env:")) {
                throw new Misfit(
                        "env: is not followed by the name of a variable", "write env: and letters, digits and '_'");
            }
            throw new Misfit(
                    "a secret stands here in clear text (not shown)",
                    "write " + WANTED + ", and replace the secret: it has been in a file");
        }
    }
}
