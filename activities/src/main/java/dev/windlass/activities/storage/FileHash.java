package dev.windlass.activities.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Digests of files, with word of how far it is. */
final class FileHash {
    static final int BLOCK = 1 << 18;

    private FileHash() {}

    static MessageDigest sha256() {
        return digest("SHA-256");
    }

    /** Only where S3 asks for it: Content-MD5 and ETag. */
    static MessageDigest md5() {
        return digest("MD5");
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** @param read hears of every block's length, and may throw to break off */
    static String sha256(Path file, LongConsumer read) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
                read.accept(length);
            }
        }
        return hex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has " + algorithm, missing);
        }
    }
}
