package dev.windlass.starter.approvals;

import dev.windlass.runbooks.approvals.ApprovalCommands;
import dev.windlass.runbooks.config.Operations;
import dev.windlass.runbooks.config.Person;
import dev.windlass.runbooks.config.SshPublicKey;
import dev.windlass.starter.door.Door;
import dev.windlass.starter.runs.Complaint;
import dev.windlass.starter.runs.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out who sits here: whose key of ops.yml is in the agent, in {@code ~/.ssh}, or was named. */
final class SigningKeys {
    /** @param file what {@code ssh-keygen -f} takes: a private key, or a public one that the agent holds */
    record Found(Person person, Path file) {}

    private final Door door;
    private final Map<SshPublicKey, Person> owners = new LinkedHashMap<>();
    private final SshProgram programs;

    SigningKeys(Door door, Operations operations) {
        this.door = door;
        this.programs = new SshProgram(door);
        operations.people().values().forEach(person -> person.key().ifPresent(key -> owners.put(key, person)));
    }

    /** @throws Complaint when the named key is nobody's */
    Optional<Found> find(Optional<Path> named) {
        if (named.isPresent()) {
            return Optional.of(named(named.get()));
        }
        List<SshPublicKey> held = agent();
        Optional<Found> inAgent = held.stream()
                .filter(owners::containsKey)
                .findFirst()
                .map(key -> new Found(owner(key), publicFile(key)));
        return inAgent.isPresent() ? inAgent : inDirectory();
    }

    private Found named(Path file) {
        Path given = door.directory().resolve(file);
        Path publicHalf = given.toString().endsWith(".pub") ? given : Path.of(given + ".pub");
        SshPublicKey key = read(publicHalf)
                .orElseThrow(() -> new Complaint(
                        publicHalf + " is not there, or not a public key",
                        "name a private key that has its .pub file beside it: --key ~/.ssh/id_ed25519",
                        "runbooks/approvals.md#no-key",
                        ExitCode.USAGE));
        if (!owners.containsKey(key)) {
            throw new Complaint(
                    "key " + publicHalf + " is nobody's in ops.yml",
                    "put its line under people in the ops.yml of the worker and of this machine",
                    "runbooks/approvals.md#no-key",
                    ExitCode.PRECONDITION);
        }
        return new Found(owner(key), given);
    }

    private Optional<Found> inDirectory() {
        Path directory = Path.of(door.environment().getOrDefault("HOME", "/nowhere"), ".ssh");
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".pub"))
                    .sorted()
                    .flatMap(file -> read(file).filter(owners::containsKey).stream()
                            .map(key -> new Found(owner(key), withoutSuffix(file))))
                    .filter(found -> Files.exists(found.file()))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private List<SshPublicKey> agent() {
        if (!door.environment().containsKey("SSH_AUTH_SOCK")) {
            return List.of();
        }
        return programs.run(ApprovalCommands.listAgent(), "", ProcessBuilder.Redirect.DISCARD).lines().stream()
                .flatMap(line -> SshPublicKey.find(line).stream())
                .toList();
    }

    /** ssh-keygen wants a file; the public half is no secret. */
    private static Path publicFile(SshPublicKey key) {
        try {
            Path file = Files.createTempFile(
                    "windlass-",
                    ".pub",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            file.toFile().deleteOnExit();
            return Files.writeString(file, key + "\n");
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Optional<SshPublicKey> read(Path file) {
        try {
            return Files.readString(file).lines().findFirst().flatMap(SshPublicKey::find);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Person owner(SshPublicKey key) {
        return java.util.Objects.requireNonNull(owners.get(key));
    }

    private static Path withoutSuffix(Path publicHalf) {
        String name = publicHalf.toString();
        return Path.of(name.substring(0, name.length() - ".pub".length()));
    }
}
