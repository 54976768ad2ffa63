package dev.windlass.activities.deploy;

import dev.windlass.activities.effects.Pulse;
import dev.windlass.runbooks.deploy.ProcessLayout;
import dev.windlass.workflows.deploy.Release;
import dev.windlass.workflows.deploy.Version;
import dev.windlass.workflows.kernel.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Artefacts on the disk. */
final class Artefacts {
    /** Compressed code is seldom smaller than a quarter of itself. */
    private static final int UNPACKED = 4;

    private static final long RESERVE = 64L * 1024 * 1024;
    private static final int BUFFER = 1024 * 1024;
    private static final String ENDING = ".tar.gz";

    private Artefacts() {}

    static Optional<Release> resolve(ProcessLayout layout, Version version, Pulse pulse) {
        Path file = Path.of(layout.artefact(version));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(new Release(version, "sha256:" + sha256(file, pulse)));
    }

    private static String sha256(Path file, Pulse pulse) {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
                done += length;
                pulse.beat(new Progress("checksum", done, Optional.of(Files.size(file)), "bytes", ""));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(file, unreadable);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    /** The newest versions there are, for somebody who mistyped one. */
    static List<String> newest(ProcessLayout layout, int atMost) {
        try (Stream<Path> files = Files.list(Path.of(layout.target().artefacts()))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted((one, other) -> Long.compare(
                            other.toFile().lastModified(), one.toFile().lastModified()))
                    .limit(atMost)
                    .map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        } catch (IOException noDirectory) {
            return List.of();
        }
    }

    static void requireRoom(ProcessLayout layout, Version version) {
        Path artefact = Path.of(layout.artefact(version));
        Path directory = Path.of(layout.releases());
        while (directory.getParent() != null && !Files.isDirectory(directory)) {
            directory = directory.getParent();
        }
        try {
            long needed = UNPACKED * Files.size(artefact) + RESERVE;
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < needed) {
                throw DeployFailures.diskFull(directory, needed, free);
            }
        } catch (IOException unreadable) {
            throw DeployFailures.unreadable(artefact, unreadable);
        }
    }
}
