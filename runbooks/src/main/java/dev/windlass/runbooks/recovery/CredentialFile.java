package dev.windlass.runbooks.recovery;

import dev.windlass.runbooks.config.Problem;
import dev.windlass.workflows.recovery.RecoveryBucket;
import dev.windlass.workflows.recovery.RecoveryBucket.Authority;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads a {@link RecoveryCredential}. All that is wrong is told at once, and no value is ever repeated. */
public final class CredentialFile {
    private static final String START = "WINDLASS_RECOVERY_";
    private static final Pattern IDENTITY = Pattern.compile("AGE-SECRET-KEY-1[A-Z0-9]{58}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{1,256}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*/?");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private enum Name {
        ENDPOINT,
        BUCKET,
        PREFIX,
        REGION,
        AUTHORITY,
        ACCESS_KEY,
        SECRET_KEY,
        AGE_IDENTITY
    }

    private record Value(String text, int line) {}

    private final Path file;
    private final Map<Name, Value> values = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private CredentialFile(Path file) {
        this.file = file;
    }

    /** @param credential empty when there are problems */
    public record Reading(Optional<RecoveryCredential> credential, List<Problem> problems) {
        public Reading {
            problems = problems.stream().sorted().toList();
        }
    }

    public static Reading read(Path file) {
        CredentialFile reading = new CredentialFile(file);
        Optional<RecoveryCredential> credential = reading.credential();
        return new Reading(reading.problems.isEmpty() ? credential : Optional.empty(), reading.problems);
    }

    private Optional<RecoveryCredential> credential() {
        try {
            requireOwnerOnly();
            split(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            problem(1, "there is no such file", "make it as in runbooks/recover-vps.md, with mode 0600");
            return Optional.empty();
        } catch (IOException unreadable) {
            problem(
                    1,
                    "it cannot be read (" + unreadable.getClass().getSimpleName() + ")",
                    "make it a text file that you own, with mode 0600");
            return Optional.empty();
        }
        Optional<RecoveryCredential.Certificate> certificate = authority();
        RecoveryBucket bucket = new RecoveryBucket(
                need(Name.ENDPOINT, CredentialFile::isEndpoint, "an https URL without a path"),
                find(Name.REGION, REGION, "a region such as auto or eu-central-1")
                        .orElse("auto"),
                need(
                        Name.BUCKET,
                        matching(BUCKET),
                        "the name of a bucket: 3-63 lower-case letters, digits, '-' and '.'"),
                find(Name.PREFIX, PREFIX, "a folder inside the bucket, such as production/")
                        .orElse(""),
                certificate.isPresent() ? Authority.PRIVATE : Authority.PUBLIC);
        return Optional.of(new RecoveryCredential(
                bucket,
                need(Name.ACCESS_KEY, matching(WORD), "a key of the bucket, in one word"),
                need(Name.SECRET_KEY, matching(WORD), "the secret of that key, in one word"),
                need(
                        Name.AGE_IDENTITY,
                        matching(IDENTITY),
                        "an identity as age-keygen writes it, AGE-SECRET-KEY-1 and 58 more"),
                certificate));
    }

    private void requireOwnerOnly() throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(mode)) {
            problem(
                    1,
                    "it can be read by others: its mode is " + PosixFilePermissions.toString(mode),
                    "run chmod 600 " + file + ", and change the keys if somebody may have read them");
        }
    }

    private void split(String text) {
        List<String> lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                take(line, at + 1);
            }
        }
    }

    private void take(String line, int number) {
        int equals = line.indexOf('=');
        Optional<Name> name =
                equals < 0 ? Optional.empty() : named(line.substring(0, equals).strip());
        if (name.isEmpty()) {
            problem(
                    number,
                    "this line gives none of the values that are known (not shown)",
                    "write NAME=value with " + START + "ENDPOINT, BUCKET, PREFIX, REGION, AUTHORITY, ACCESS_KEY,"
                            + " SECRET_KEY or AGE_IDENTITY");
        } else if (values.containsKey(name.get())) {
            problem(number, START + name.get() + " is given twice", "keep one of them");
        } else {
            values.put(
                    name.get(),
                    new Value(unquoted(withoutComment(line.substring(equals + 1).strip())), number));
        }
    }

    private static Optional<Name> named(String word) {
        for (Name name : Name.values()) {
            if (word.equals(START + name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /** What stands behind a blank and {@code #} is a comment. */
    private static String withoutComment(String text) {
        return COMMENT.matcher(text).replaceFirst("");
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() > 1
                && (text.startsWith("\"") && text.endsWith("\"") || text.startsWith("'") && text.endsWith("'"));
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }

    private static Predicate<String> matching(Pattern form) {
        return text -> form.matcher(text).matches();
    }

    private static boolean isEndpoint(String text) {
        try {
            URI url = new URI(text);
            return "https".equals(url.getScheme())
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"));
        } catch (URISyntaxException broken) {
            return false;
        }
    }

    /** What stands for it when it is missing is never used: there is a problem then. */
    private String need(Name name, Predicate<String> form, String wanted) {
        Value value = values.get(name);
        if (value == null) {
            problem(1, START + name + " is missing", "add a line with it: " + wanted);
            return "missing";
        }
        if (!form.test(value.text())) {
            problem(value.line(), START + name + " is not " + wanted + " (not shown)", "copy the value again, whole");
        }
        return value.text();
    }

    private Optional<String> find(Name name, Pattern form, String wanted) {
        return Optional.ofNullable(values.get(name)).map(value -> need(name, matching(form), wanted));
    }

    private Optional<RecoveryCredential.Certificate> authority() {
        Value value = values.get(Name.AUTHORITY);
        if (value == null) {
            return Optional.empty();
        }
        try {
            Path certificate =
                    Objects.requireNonNull(file.toAbsolutePath().getParent()).resolve(value.text());
            return Optional.of(new RecoveryCredential.Certificate(
                    certificate.toString(), Files.readString(certificate, StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException unreadable) {
            problem(
                    value.line(),
                    START + Name.AUTHORITY + " names no certificate that can be read",
                    "write the path of a PEM file, or leave the line out where a public authority has signed");
            return Optional.empty();
        }
    }

    private void problem(int line, String message, String hint) {
        problems.add(new Problem(file.toString(), line, 1, "", message, hint));
    }
}
