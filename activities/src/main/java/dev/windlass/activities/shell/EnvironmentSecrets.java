package dev.windlass.activities.shell;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Secrets from the worker's environment and from files that only their owner can read. */
public final class EnvironmentSecrets implements Secrets {
    static final int LIMIT = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String ANCHOR = "backup.md#secret-missing";

    private final Map<String, String> environment;

    /** @param environment where {@code env:NAME} is looked up, such as {@code System.getenv()} */
    public EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String resolve(SecretReference reference) {
        String kind = reference.value().substring(0, reference.value().indexOf(':'));
        String name = reference.value().substring(kind.length() + 1);
        String secret = kind.equals("env") ? fromEnvironment(name) : fromFile(Path.of(name), reference);
        if (secret.isEmpty()) {
            throw missing("secret " + reference + " is empty", "put the value there, then retry the step");
        }
        if (secret.indexOf('\0') >= 0) {
            throw missing("secret " + reference + " holds a zero byte", "a secret is text: store it encoded, or anew");
        }
        return secret;
    }

    private String fromEnvironment(String name) {
        String secret = environment.get(name);
        if (secret == null) {
            throw missing(
                    "secret env:" + name + " is not set in the worker's environment",
                    "set " + name + " where the worker is started (its unit's EnvironmentFile), then restart it");
        }
        return secret;
    }

    private static String fromFile(Path file, SecretReference reference) {
        try {
            // Links are followed on purpose (/run/secrets is made of them): what counts is who can read the file
            // itself.
            Path target = file.toRealPath();
            requireOwnerOnly(target, reference);
            return withoutNewline(read(target, reference));
        } catch (NoSuchFileException gone) {
            throw missing(
                    "secret " + reference + " does not exist", "create the file with mode 0600, then retry the step");
        } catch (IOException unreadable) {
            throw missing(
                    "secret " + reference + " cannot be read: "
                            + unreadable.getClass().getSimpleName(),
                    "make it a file that the worker's user owns, with mode 0600");
        }
    }

    private static void requireOwnerOnly(Path target, SecretReference reference) throws IOException {
        if (!Files.isRegularFile(target)) {
            throw missing("secret " + reference + " is not a file", "name a file with mode 0600 that holds the value");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(target);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw missing(
                    "secret " + reference + " can be read by others: " + target + " has mode "
                            + PosixFilePermissions.toString(permissions),
                    "run chmod 600 " + target + ", and change the secret if somebody may have read it");
        }
    }

    private static String read(Path target, SecretReference reference) throws IOException {
        try (InputStream in = Files.newInputStream(target)) {
            byte[] bytes = in.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw missing(
                        "secret " + reference + " is larger than " + LIMIT + " bytes",
                        "name the file that holds the value itself");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String withoutNewline(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Never with a cause: its text could quote what was read. */
    private static RuntimeException missing(String fact, String hint) {
        return new Failure(FailureType.SECRET_MISSING, fact, hint, ANCHOR).asException();
    }
}
