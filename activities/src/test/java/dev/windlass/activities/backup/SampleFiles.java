package dev.windlass.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;

/** Files as they lie about on a server: links, modes, owners, names that need care, and a directory to be left out. */
final class SampleFiles {
    private SampleFiles() {}

    static void make(Path directory) {
        try {
            Files.createDirectories(directory.resolve("2026/11"));
            Files.createDirectory(directory.resolve("empty"));
            Files.createDirectory(directory.resolve("cache"));
            write(directory.resolve("cache/left-out"), "is not wanted");
            write(directory.resolve("-rf"), "begins with a dash");
            write(directory.resolve("a name with blanks"), "");
            write(directory.resolve("two\nlines"), "a line break in its name");
            Path large = directory.resolve("2026/11/large.bin");
            byte[] noise = new byte[3 << 20];
            new Random(7).nextBytes(noise);
            Files.write(large, noise);
            Files.createLink(directory.resolve("2026/hard.bin"), large);
            Files.createSymbolicLink(directory.resolve("current"), Path.of("2026/11"));
            Files.createSymbolicLink(directory.resolve("dangling"), Path.of("/nowhere/at all"));
            Path secret = directory.resolve("secret");
            write(secret, "only its owner reads it");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
            giveAway(secret);
            Files.setLastModifiedTime(secret, FileTime.from(Instant.parse("2019-05-01T12:00:00Z")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** By find and sha256sum, which know nothing of us: names, types, modes, owners, times, links and content. */
    static void requireEqual(Path original, Path copy) {
        assertThat(listing(copy)).isEqualTo(listing(original)).contains("-rf", "dangling");
    }

    private static String listing(Path directory) {
        String words = run(
                directory,
                "find",
                ".",
                "-path",
                "./cache",
                "-prune",
                "-o",
                "-printf",
                "%p %y %m %u:%g %s %Ts %l %n\\n");
        String hashes = run(
                directory,
                "find",
                ".",
                "-path",
                "./cache",
                "-prune",
                "-o",
                "-type",
                "f",
                "-exec",
                "sha256sum",
                "{}",
                "+");
        return (words + hashes)
                .lines()
                // A directory's own size is its file system's affair.
                .map(line -> line.replaceFirst("^(\\S+ d \\S+ \\S+) \\d+ \\d+ .*", "$1"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static String run(Path directory, String... words) {
        try {
            Process process = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(printed).isZero();
            return printed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException(stopping);
        }
    }

    static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Only root can, and only root's archives promise owners. */
    private static void giveAway(Path file) throws IOException {
        if ("root".equals(System.getProperty("user.name"))) {
            Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(
                            file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        }
    }
}
