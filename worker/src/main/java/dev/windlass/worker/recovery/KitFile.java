package dev.windlass.worker.recovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the target needs to work for the run: this Java and this worker, in one file. Made once and kept.
 *
 * @param id the first half of its SHA-256, by which it lies on the target
 */
record KitFile(Path file, String id, String sha256, long bytes) {
    private static final String NAME = "kit.tar";
    private static final String MARK = "kit.made-of";

    /** What a JDK has for those who write programs. */
    private static final List<String> LEFT_OUT =
            List.of("jdk/jmods", "jdk/lib/src.zip", "jdk/demo", "jdk/include", "jdk/man", "jdk/lib/ct.sym");

    /** @param jar the worker's */
    static KitFile of(LeadHome home, Path java, Path jar) {
        return made(
                home,
                NAME,
                MARK,
                () -> java.toRealPath() + " " + Files.getLastModifiedTime(java.resolve("release")) + "\n"
                        + jar.toRealPath() + " " + Files.size(jar) + " " + sha256(jar),
                new TreeMap<>(Map.of("jdk", java, "worker.jar", jar)),
                List.of());
    }

    private interface Origin {
        String words() throws IOException;
    }

    private static KitFile made(
            LeadHome home,
            String name,
            String markName,
            Origin origin,
            Map<String, Path> content,
            List<String> options) {
        try {
            Path file = home.file(name);
            String madeOf = origin.words();
            String[] mark = home.read(markName).orElse("").split("\n\n", 2);
            if (mark.length == 2 && mark[0].equals(madeOf) && Files.exists(file)) {
                return new KitFile(file, mark[1].substring(0, 32), mark[1], Files.size(file));
            }
            make(home, content, options, file);
            String sha256 = sha256(file);
            home.write(markName, madeOf + "\n\n" + sha256);
            return new KitFile(file, sha256.substring(0, 32), sha256, Files.size(file));
        } catch (IOException failed) {
            throw new UncheckedIOException("the kit cannot be made in " + home.directory(), failed);
        }
    }

    /** Temporal's program, compressed: it is as large as the kit. @param binary of this machine's processor */
    static KitFile ofTemporal(LeadHome home, Path binary) {
        return made(
                home,
                "temporal.tar",
                "temporal.made-of",
                () -> binary.toRealPath() + " " + Files.size(binary) + " " + Files.getLastModifiedTime(binary),
                Map.of("temporal", binary),
                List.of("--gzip"));
    }

    private static void make(LeadHome home, Map<String, Path> content, List<String> options, Path file)
            throws IOException {
        Path parts = home.file("kit");
        home.remove("kit");
        Files.createDirectory(parts);
        for (Map.Entry<String, Path> each : content.entrySet()) {
            Files.createSymbolicLink(
                    parts.resolve(each.getKey()), each.getValue().toRealPath());
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".part");
        List<String> words = new java.util.ArrayList<>(List.of(
                "tar",
                "--create",
                "--dereference",
                // A link is looked for under the name it had here.
                "--hard-dereference",
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--file=" + fresh,
                "--directory=" + parts));
        LEFT_OUT.forEach(path -> words.add("--exclude=" + path));
        words.addAll(options);
        words.addAll(content.keySet());
        Process tar = new ProcessBuilder(words).redirectErrorStream(true).start();
        tar.getOutputStream().close();
        String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (tar.waitFor() != 0) {
                throw new IOException("tar ended with exit code " + tar.exitValue() + ": " + said.strip());
            }
        } catch (InterruptedException stopping) {
            tar.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the kit was made", stopping);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        home.remove("kit");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
