package dev.windlass.runbooks.page;

import dev.windlass.workflows.kernel.StoreName;
import java.util.List;

/** The bucket by the variables of a recovery credential, which lies on the machine that is recovered. */
final class CredentialPlaces implements Places {
    private static final String START = "WINDLASS_RECOVERY_";

    private final HandPlan.Files files;

    CredentialPlaces(HandPlan.Files files) {
        this.files = files;
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
                "# " + files.authority() + ":",
                "# ssh root@MACHINE 'umask 077; mkdir -p " + directory() + "; cat > " + files.credential()
                        + "' < recovery.credential",
                "while read -r line || [ -n \"$line\" ]; do",
                "  value=${line#*=}; value=${value%%[[:space:]]*}; value=${value#[\\\"\\']}; value=${value%[\\\"\\']}",
                "  case $line in " + START + "*) export \"${line%%=*}=$value\" ;; esac",
                "done < " + files.credential(),
                "case ${" + START + "PREFIX:-} in '' | */) ;; *) " + START + "PREFIX+=/ ;; esac",
                "export AWS_ACCESS_KEY_ID=\"$" + START + "ACCESS_KEY\"",
                "export AWS_SECRET_ACCESS_KEY=\"$" + START + "SECRET_KEY\"",
                "export AWS_DEFAULT_REGION=\"${" + START + "REGION:-auto}\"",
                "if [ -f " + files.authority() + " ]; then export AWS_CA_BUNDLE=" + files.authority() + "; fi",
                write("AGE_IDENTITY", files.identity()),
                write("ACCESS_KEY", files.accessKey()),
                write("SECRET_KEY", files.secretKey()));
    }

    @Override
    public String slots() {
        return "Fill in";
    }

    private static String write(String name, String file) {
        return "printf '%s\\n' \"$" + START + name + "\" | install -m 0600 /dev/stdin " + file;
    }

    private String directory() {
        return files.credential().substring(0, files.credential().lastIndexOf('/'));
    }

    private static String variable(String name) {
        return "\"$" + START + name + "\"";
    }
}
