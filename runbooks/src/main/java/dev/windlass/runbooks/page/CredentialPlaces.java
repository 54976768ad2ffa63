package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.StoreName;
import java.util.List;

/** The bucket by the variables of a recovery credential, which lies on the machine that is recovered. */
final class CredentialPlaces implements Places {
    private static final String START = "WINDLASS_RECOVERY_";

    private final String credential;
    private final String identity;
    private final String authority;

    /**
     * @param credential where a person has put the credential
     * @param identity where its age identity is wanted
     * @param authority where the certificate is that it names, if it names one
     */
    CredentialPlaces(String credential, String identity, String authority) {
        this.credential = credential;
        this.identity = identity;
        this.authority = authority;
    }

    @Override
    public Place store(StoreName store) {
        return new Place.Bucket(variable("ENDPOINT"), variable("BUCKET"), variable("PREFIX"));
    }

    @Override
    public Connection connection(String name) {
        throw new IllegalArgumentException("a recovery by hand asks no database that ops.yml names: " + name);
    }

    @Override
    public List<String> explanations() {
        return List.of();
    }

    /** Values are read, never evaluated: a key may hold any sign. */
    @Override
    public List<String> preparation() {
        return List.of(
                "# Put the recovery credential there first, and the certificate that it names, if it names one, at",
                "# " + authority + ":",
                "# ssh root@MACHINE 'umask 077; mkdir -p " + directory() + "; cat > " + credential
                        + "' < recovery.credential",
                "while read -r line || [ -n \"$line\" ]; do",
                "  value=${line#*=}; value=${value%%[[:space:]]*}; value=${value#[\\\"\\']}; value=${value%[\\\"\\']}",
                "  case $line in " + START + "*) export \"${line%%=*}=$value\" ;; esac",
                "done < " + credential,
                "case ${" + START + "PREFIX:-} in '' | */) ;; *) " + START + "PREFIX+=/ ;; esac",
                "export AWS_ACCESS_KEY_ID=\"$" + START + "ACCESS_KEY\"",
                "export AWS_SECRET_ACCESS_KEY=\"$" + START + "SECRET_KEY\"",
                "export AWS_DEFAULT_REGION=\"${" + START + "REGION:-auto}\"",
                "if [ -f " + authority + " ]; then export AWS_CA_BUNDLE=" + authority + "; fi",
                "printf '%s\\n' \"$" + START + "AGE_IDENTITY\" | install -m 0600 /dev/stdin " + identity);
    }

    @Override
    public String slots() {
        return "Fill in";
    }

    private String directory() {
        return credential.substring(0, credential.lastIndexOf('/'));
    }

    private static String variable(String name) {
        return "\"$" + START + name + "\"";
    }
}
