package dev.windlass.runbooks.config;

import java.util.regex.Pattern;

/** {@code gates:} of an environment. */
final class GatesReader {
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9_.-]{1,100}");
    private static final Form<String> CHECK = Forms.text("the name of a check", 100);

    private static final Form<String> OWNER_AND_NAME = new Form<>("owner/name", "missing/missing", scalar -> {
        String repository = scalar.requireText();
        if (!REPOSITORY.matcher(repository).matches()) {
            throw new Misfit(
                    "\"" + repository + "\" is not a repository of GitHub",
                    "write owner/name, as it stands in its address");
        }
        return repository;
    });

    private GatesReader() {}

    static Gates read(Section section) {
        Gates gates = new Gates(
                section.need("repository", OWNER_AND_NAME),
                section.need("token", SecretForm.SECRET),
                section.list("checks", CHECK),
                section.get("api", NetworkForms.SERVICE, "https://api.github.com")
                        .replaceFirst("/+$", ""));
        section.refuseOtherKeys();
        return gates;
    }
}
