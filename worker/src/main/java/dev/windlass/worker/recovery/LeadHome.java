package dev.windlass.worker.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the launcher keeps between its lives, in a directory that only its owner can read. */
final class LeadHome {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path directory;
    private @Nullable FileLock lock;

    private LeadHome(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory where it is not there. */
    static LeadHome open(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Files.createDirectories(absolute);
            Files.setPosixFilePermissions(absolute, OWNER_ONLY);
            return new LeadHome(absolute.toRealPath());
        } catch (IOException refused) {
            throw new LaunchRefusedException(
                    "the directory " + directory + " cannot be made or closed to others: " + refused.getMessage(),
                    "name another one with --state");
        }
    }

    /** One launcher at a time works in a directory. The operating system lets go of it when the launcher dies. */
    void requireAlone() {
        try {
            // Stays open on purpose: the lock is the process's.
            FileChannel channel =
                    FileChannel.open(file("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            lock = null;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        if (lock == null) {
            throw new LaunchRefusedException(
                    "another launcher works in " + directory,
                    "follow it there, or end it; a recovery of something else goes into a directory of its own, with --state");
        }
    }

    Path directory() {
        return directory;
    }

    /** As the slot of commands wants it, which have the first slash themselves. */
    String slot() {
        return directory.toString().substring(1);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Optional<String> read(String name) {
        try {
            return Files.exists(file(name))
                    ? Optional.of(
                            Files.readString(file(name), StandardCharsets.UTF_8).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Whole or not at all, and for the owner's eyes. */
    void write(String name, String text) {
        try {
            Path target = file(name);
            Path parent = target.resolveSibling("");
            if (!Files.isDirectory(parent)) {
                Files.createDirectory(parent, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            }
            Path fresh = target.resolveSibling(target.getFileName() + ".part");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_FILE));
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A file, or a directory with the files in it. */
    void remove(String name) {
        Path gone = file(name);
        try {
            if (Files.isDirectory(gone)) {
                try (Stream<Path> files = Files.list(gone)) {
                    for (Path each : files.toList()) {
                        Files.delete(each);
                    }
                }
            }
            Files.deleteIfExists(gone);
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
