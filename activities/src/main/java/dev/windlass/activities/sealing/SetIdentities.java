package dev.windlass.activities.sealing;

import dev.windlass.activities.disk.DurableFiles;
import dev.windlass.workflows.backup.SetId;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The age identity of each set, root-only on this machine until a newer set is proven: it lets unattended jobs open the
 * newest proven set, while a stolen disk opens no older one.
 */
public final class SetIdentities {
    private static final String SUFFIX = ".agekey";

    private final Path directory;

    /** @param state the state directory of ops.yml */
    public SetIdentities(Path state) {
        this.directory = state.resolve("identities");
    }

    /**
     * Makes the set's identity, or finds the one that an earlier attempt made.
     *
     * @return its recipient, {@code age1…}
     */
    public String ensure(SetId set) {
        Path file = file(set);
        try {
            DurableFiles.makeDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            if (!Files.exists(file)) {
                write(file, AgeIdentity.generate());
            }
            return AgeIdentity.parse(Files.readString(file, StandardCharsets.US_ASCII))
                    .getFirst()
                    .recipient();
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file);
        }
    }

    public boolean has(SetId set) {
        return Files.exists(file(set));
    }

    /** Where the set's identity is, for a {@code Channel.OpenedFile}; the file need not be there. */
    public SecretReference reference(SetId set) {
        return new SecretReference("file:" + file(set));
    }

    /** The sets whose identity is here, oldest first. */
    public List<SetId> list() {
        List<SetId> sets = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                setOf(file).ifPresent(sets::add);
            }
        } catch (NoSuchFileException noneYet) {
            return List.of();
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, directory);
        }
        return sets.stream().sorted().toList();
    }

    /**
     * Unlinks the identities of all older sets. The blocks are not overwritten: on flash storage that promises nothing.
     *
     * @return the sets that only their off-site recipients open from now on
     */
    public List<SetId> destroyOlderThan(SetId newest) {
        List<SetId> destroyed = new ArrayList<>();
        for (SetId set : list()) {
            if (set.compareTo(newest) < 0 && destroy(set)) {
                destroyed.add(set);
            }
        }
        return destroyed;
    }

    /** @return whether there was one */
    public boolean destroy(SetId set) {
        try {
            return DurableFiles.delete(file(set));
        } catch (IOException failed) {
            throw DurableFiles.unchecked(failed, file(set));
        }
    }

    private static Optional<SetId> setOf(Path file) {
        String name = file.getFileName().toString();
        try {
            return Optional.of(new SetId(name.substring(0, name.length() - SUFFIX.length())));
        } catch (IllegalArgumentException notOurs) {
            // A key that somebody else laid here is neither counted nor destroyed.
            return Optional.empty();
        }
    }

    private static void write(Path file, AgeIdentity identity) throws IOException {
        Path part = DurableFiles.partOf(file);
        try (FileChannel channel = DurableFiles.create(part)) {
            ByteBuffer text = ByteBuffer.wrap(identity.keyFile().getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        // Another attempt may have been quicker: its identity stands.
        DurableFiles.publishIfAbsent(part, file);
    }

    private Path file(SetId set) {
        return directory.resolve(set + SUFFIX);
    }
}
