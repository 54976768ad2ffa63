package dev.windlass.runbooks.config;

import dev.windlass.workflows.kernel.SecretReference;

/** A reference to a secret. What is refused may be the secret itself, so it is never repeated. */
final class SecretForm {
    private static final String WANTED = "env:NAME or file:/absolute/path";

    static final Form<SecretReference> SECRET =
            new Form<>(WANTED, new SecretReference("env:MISSING"), SecretForm::reference);

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
