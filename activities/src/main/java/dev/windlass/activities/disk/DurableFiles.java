package dev.windlass.activities.disk;

import dev.windlass.workflows.kernel.Failure;
import dev.windlass.workflows.kernel.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that are either whole under their name or not there at all, also after a power cut: written under a {@code .part}
 * name of their own, synced, renamed, and then their directory is synced. Files are 0600, directories 0700.
 */
public final class DurableFiles {
    public static final String PART = ".part";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DurableFiles() {}

    /** A name beside the target that no other attempt uses. */
    public static Path partOf(Path target) {
        String attempt = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return target.resolveSibling(target.getFileName() + "." + attempt + PART);
    }

    /** Fails when the file exists. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY_FILE);
    }

    /** Makes a directory and those above it, and syncs the ones that got a new entry. */
    public static void makeDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectories(parent);
        }
        try {
            Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
        } catch (FileAlreadyExistsException madeMeanwhile) {
            return;
        }
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    /** The part must have been synced. Replaces what is under the name. */
    public static void publish(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(parentOf(target));
    }

    /**
     * As {@link #publish}, but never replaces: link(2) fails when the name is taken. The part is gone afterwards.
     *
     * @return false when the name is taken
     */
    public static boolean publishIfAbsent(Path part, Path target) throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException taken) {
            Files.deleteIfExists(part);
            return false;
        }
        Files.deleteIfExists(part);
        syncDirectory(parentOf(target));
        return true;
    }

    /** @return whether there was one */
    public static boolean delete(Path file) throws IOException {
        boolean deleted = Files.deleteIfExists(file);
        if (deleted) {
            syncDirectory(parentOf(file));
        }
        return deleted;
    }

    /** Removes what dead attempts left of one target. The caller knows that no attempt is alive. */
    public static int removeParts(Path target) throws IOException {
        int removed = 0;
        String start = target.getFileName() + ".";
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(parentOf(target))) {
            for (Path sibling : siblings) {
                String name = sibling.getFileName().toString();
                if (name.startsWith(start) && name.endsWith(PART) && Files.deleteIfExists(sibling)) {
                    removed++;
                }
            }
        } catch (NoSuchFileException noDirectory) {
            return 0;
        }
        return removed;
    }

    public static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The failure to throw instead, when a write failed because the disk or a quota is full. */
    public static Optional<ApplicationFailure> diskFull(IOException failed, Path file) {
        String message = String.valueOf(failed.getMessage());
        if (!message.contains("No space left on device") && !message.contains("Disk quota exceeded")) {
            return Optional.empty();
        }
        return Optional.of(new Failure(
                        FailureType.DISK_FULL,
                        "no space is left to write " + file + freeSpace(file),
                        "free space on that file system or keep fewer days of backups, then run it again",
                        "backup.md#disk-full")
                .asException(failed));
    }

    /** For methods that may throw nothing checked. */
    public static RuntimeException unchecked(IOException failed, Path file) {
        return diskFull(failed, file)
                .<RuntimeException>map(failure -> failure)
                .orElseGet(() -> new UncheckedIOException(failed));
    }

    private static String freeSpace(Path file) {
        try {
            return " (" + Files.getFileStore(parentOf(file)).getUsableSpace() + " bytes are free)";
        } catch (IOException unknown) {
            // The fact stands without the number.
            return "";
        }
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }
}
