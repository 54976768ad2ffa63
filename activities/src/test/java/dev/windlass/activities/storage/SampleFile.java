package dev.windlass.activities.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A file of noise and its sha256. */
record SampleFile(Path path, long bytes, String sha256) {
    static final int MEBIBYTE = 1 << 20;

    static SampleFile of(Path path, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(path, content);
        return new SampleFile(path, bytes, FileHash.hex(FileHash.sha256().digest(content)));
    }
}
