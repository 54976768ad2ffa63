package dev.windlass.activities.protect;

import dev.windlass.runbooks.config.Cluster;
import dev.windlass.runbooks.protect.BackRestFile;
import dev.windlass.runbooks.protect.ClusterObservation.File;
import dev.windlass.workflows.kernel.SecretReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;

/** pgBackRest's configuration as it lies on the disk. What it holds never leaves this class. */
final class WrittenFile {
    private final ProtectParts parts;
    private final Cluster cluster;

    WrittenFile(ProtectParts parts, Cluster cluster) {
        this.parts = parts;
        this.cluster = cluster;
    }

    File compare() {
        Path path = Path.of(cluster.configuration());
        try {
            String found = Files.readString(path);
            boolean isPrivate = !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)
                    && Files.getOwner(path).getName().equals(cluster.owner());
            return found.equals(wanted()) && isPrivate ? File.RIGHT : File.DIFFERENT;
        } catch (NoSuchFileException absent) {
            return File.ABSENT;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private String wanted() {
        BackRestFile file = parts.commands(cluster).file();
        String text = file.text();
        for (Map.Entry<String, SecretReference> secret : file.secrets().entrySet()) {
            text = text.replace(
                    "=$" + secret.getKey() + "\n", "=" + parts.secrets().resolve(secret.getValue()) + "\n");
        }
        return text;
    }
}
